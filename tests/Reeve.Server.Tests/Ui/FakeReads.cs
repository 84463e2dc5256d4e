using Reeve.Server.Ui.Search;

namespace Reeve.Server.Tests.Ui;

/// <summary>A store in memory: every row matches every filter.</summary>
internal sealed class FakeReads(params EventDetail[] events) : IEventReads
{
    public List<RowsQuery> Asked { get; } = [];

    /// <summary>Thrown by the next calls instead of an answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What a filter finds; everything unless told otherwise.</summary>
    public Func<RowsQuery, EventRow, bool> Matches { get; set; } = (_, _) => true;

    public Task<RowPage> RowsAsync(RowsQuery query, string? after, int count, CancellationToken cancel)
    {
        Asked.Add(query);
        var start = after is null ? 0 : int.Parse(after);
        var rows = Find(query).Skip(start).Take(count).ToList();
        return Answer(new RowPage(rows, rows.Count < count ? null : (start + count).ToString()));
    }

    public Task<Histogram> HistogramAsync(RowsQuery query, int buckets, CancellationToken cancel)
    {
        var counts = Find(query).GroupBy(row => row.Category).ToDictionary(group => group.Key, group => (long)group.Count());
        return Answer(new Histogram(TimeSpan.FromMinutes(1), [new HistogramBucket(query.From!.Value, counts)]));
    }

    public Task<RowsExtent> ExtentAsync(RowsQuery query, CancellationToken cancel)
    {
        var times = Find(query).Select(row => row.Time).ToList();
        return Answer(times.Count == 0 ? new RowsExtent(0, null, null) : new RowsExtent(times.Count, times.Min(), times.Max()));
    }

    public Task<EventDetail?> EventAsync(string id, CancellationToken cancel) =>
        Answer(events.FirstOrDefault(found => found.Row.Id == id));

    public Task<IReadOnlyList<EventRow>> StagesAsync(EventRow row, CancellationToken cancel) =>
        Answer<IReadOnlyList<EventRow>>([.. events.Select(found => found.Row).Where(other => other.RequestKey == row.RequestKey).OrderBy(other => other.Time)]);

    private IEnumerable<EventRow> Find(RowsQuery query) => events.Select(found => found.Row)
        .Where(row => (query.From is null || row.Time >= query.From) && (query.To is null || row.Time < query.To) && Matches(query, row))
        .OrderByDescending(row => row.Time);

    private Task<T> Answer<T>(T value) => Failure is null ? Task.FromResult(value) : Task.FromException<T>(Failure);
}
