using Reeve.Server.Ui.Reads;
using Reeve.Store.Findings;
using Reeve.Store.Query;

namespace Reeve.Server.Tests.Ui;

/// <summary>A store in memory: every row matches every filter.</summary>
internal sealed class FakeReads(params StoredEvent[] events) : IEventReads
{
    public List<EventQuery> Asked { get; } = [];

    /// <summary>Thrown by the next calls instead of an answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What a filter finds; everything unless told otherwise.</summary>
    public Func<EventQuery, StoredEvent, bool> Matches { get; set; } = (_, _) => true;

    public Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request.Query);
        var start = request.After is null ? 0 : int.Parse(request.After);
        var rows = Find(request.Query).Skip(start).Take(request.Limit).ToList();
        return Answer(new SearchPage(rows, rows.Count < request.Limit ? null : (start + request.Limit).ToString()));
    }

    public Task<EventHistogram> HistogramAsync(EventQuery query, int buckets, CancellationToken cancellationToken)
    {
        var counts = Find(query).GroupBy(row => row.Category).ToDictionary(group => group.Key, group => (long)group.Count());
        return Answer(new EventHistogram(TimeSpan.FromMinutes(1), [new HistogramBucket(query.Range.From!.Value, counts)]));
    }

    public Task<EventStats> StatsAsync(EventQuery query, string? by, int top, CancellationToken cancellationToken)
    {
        var extent = Extent(Find(query));
        return Answer(new EventStats(extent.Total, extent.First, extent.Last, []));
    }

    public Task<StoreExtent> ExtentAsync(CancellationToken cancellationToken) => Answer(Extent(events));

    public Task<StoredEvent?> GetAsync(string id, CancellationToken cancellationToken) =>
        Answer(events.FirstOrDefault(found => found.Id.ToString() == id));

    public Task<IReadOnlyList<StoredEvent>> StagesAsync(StoredEvent of, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<StoredEvent>>([.. events.Where(other => other.AuditId == of.AuditId).OrderBy(other => other.Time)]);

    /// <summary>What was found about the events.</summary>
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    public Task<ILookup<EventId, Finding>> FindingsAsync(IReadOnlyCollection<StoredEvent> events, CancellationToken cancellationToken) =>
        Answer(Findings.Where(finding => events.Any(row => row.Id == finding.Event)).ToLookup(finding => finding.Event));

    private static StoreExtent Extent(IEnumerable<StoredEvent> rows)
    {
        var times = rows.Select(row => row.Time).ToList();
        return times.Count == 0 ? new StoreExtent(0, null, null) : new StoreExtent(times.Count, times.Min(), times.Max());
    }

    private IEnumerable<StoredEvent> Find(EventQuery query) => events
        .Where(row => (query.Range.From is null || row.Time >= query.Range.From) && (query.Range.To is null || row.Time < query.Range.To) && Matches(query, row))
        .OrderByDescending(row => row.Time);

    private Task<T> Answer<T>(T value) => Failure is null ? Task.FromResult(value) : Task.FromException<T>(Failure);
}
