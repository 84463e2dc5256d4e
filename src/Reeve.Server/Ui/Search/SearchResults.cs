namespace Reeve.Server.Ui.Search;

/// <summary>What a search found.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Histogram">How they lie in time; null where there are none.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Took">How long the store took.</param>
internal sealed record SearchResults(RowsQuery Query, RowWindow Rows, Histogram? Histogram, long Total, TimeSpan Took);

/// <summary>Asks the store for what a page shows at once.</summary>
internal sealed class SearchRunner(IEventReads reads, TimeProvider clock)
{
    /// <summary>Bars of the histogram, about.</summary>
    public const int Buckets = 80;

    /// <summary>Runs a search: first page, histogram, count.</summary>
    public async Task<SearchResults> RunAsync(RowsQuery query, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var rows = reads.RowsAsync(query, after: null, RowWindow.PageSize, cancel);
        var histogram = HistogramAsync(query, cancel);
        await Task.WhenAll(rows, histogram);
        var window = new RowWindow(await rows, (place, token) => reads.RowsAsync(query, place, RowWindow.PageSize, token));
        var drawn = await histogram;
        return new SearchResults(query, window, drawn, drawn?.Total ?? 0, clock.GetElapsedTime(started));
    }

    private async Task<Histogram?> HistogramAsync(RowsQuery query, CancellationToken cancel)
    {
        var (from, to) = (query.From, query.To);
        if (from is null || to is null)
        {
            var extent = await reads.ExtentAsync(query, cancel);
            if (extent is not { First: { } first, Last: { } last })
                return null;
            from ??= first;
            // The range ends where the events do, but "the last hour" ends now even if nothing happened.
            var end = last.AddTicks(TimeSpan.TicksPerMicrosecond);
            to ??= query.From is null ? end : Later(end, clock.GetUtcNow().UtcDateTime);
        }
        return await reads.HistogramAsync(query with { From = from, To = to }, Buckets, cancel);
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
