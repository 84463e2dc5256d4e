using Reeve.Server.Ui.Reads;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Search;

/// <summary>What a search found.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Histogram">How they lie in time.</param>
/// <param name="Took">How long the store took.</param>
internal sealed record SearchResults(EventQuery Query, RowWindow Rows, EventHistogram Histogram, TimeSpan Took)
{
    /// <summary>How many rows there are.</summary>
    public long Total { get; } = Histogram.Buckets.Sum(bucket => bucket.Counts.Values.Sum());
}

/// <summary>Asks the store for what a page shows at once.</summary>
internal sealed class SearchRunner(IEventReads reads, TimeProvider clock)
{
    /// <summary>Bars of the histogram, about.</summary>
    public const int Buckets = 80;

    private static readonly EventHistogram Nothing = new(TimeSpan.FromSeconds(1), []);

    /// <summary>Runs a search: first page, histogram, count.</summary>
    public async Task<SearchResults> RunAsync(EventQuery query, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var rows = PageAsync(query, after: null, cancel);
        var histogram = query.Range.From is null ? OfAllAsync(query, cancel) : SinceAsync(query, rows, cancel);
        await Task.WhenAll(rows, histogram);
        var window = new RowWindow(await rows, (place, token) => PageAsync(query, place, token));
        return new SearchResults(query, window, await histogram, clock.GetElapsedTime(started));
    }

    private Task<SearchPage> PageAsync(EventQuery query, string? after, CancellationToken cancel) =>
        reads.SearchAsync(new SearchRequest(query, RowWindow.PageSize, After: after), cancel);

    // What the filter finds, not all there is, says how wide the bars are.
    private async Task<EventHistogram> OfAllAsync(EventQuery query, CancellationToken cancel)
    {
        var stats = await reads.StatsAsync(query, by: null, top: 1, cancel);
        return stats is { First: { } first, Last: { } last } ? await UntilAsync(query, first, After(last), cancel) : Nothing;
    }

    // "The last hour" ends now, unless a clock ahead of ours has already sent something newer.
    private async Task<EventHistogram> SinceAsync(EventQuery query, Task<SearchPage> rows, CancellationToken cancel)
    {
        var from = query.Range.From!.Value;
        var end = query.Range.To ?? clock.GetUtcNow().UtcDateTime;
        var histogram = await UntilAsync(query, from, end, cancel);
        var newest = (await rows).Rows is [var first, ..] ? After(first.Time) : end;
        return newest <= end ? histogram : await UntilAsync(query, from, newest, cancel);
    }

    private Task<EventHistogram> UntilAsync(EventQuery query, DateTime from, DateTime to, CancellationToken cancel) =>
        reads.HistogramAsync(query with { Range = new TimeRange(from, to) }, Buckets, cancel);

    private static DateTime After(DateTime time) => time.AddTicks(TimeSpan.TicksPerMicrosecond);
}
