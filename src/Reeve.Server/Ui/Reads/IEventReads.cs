using Reeve.Store.Findings;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Reads;

/// <summary>
/// What the pages ask the store: <see cref="EventSearch"/>, or events in memory in tests. Thread-safe; each call fails with
/// <see cref="Store.ClickHouse.ClickHouseException"/> when the store does not do it, and ends there when it is cancelled.
/// </summary>
public interface IEventReads
{
    /// <inheritdoc cref="EventSearch.SearchAsync"/>
    Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <inheritdoc cref="EventSearch.HistogramAsync"/>
    Task<EventHistogram> HistogramAsync(EventQuery query, int buckets, CancellationToken cancellationToken);

    /// <inheritdoc cref="EventSearch.StatsAsync"/>
    Task<EventStats> StatsAsync(EventQuery query, string? by, int top, CancellationToken cancellationToken);

    /// <inheritdoc cref="EventSearch.ExtentAsync"/>
    Task<StoreExtent> ExtentAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="EventSearch.GetAsync"/>
    Task<StoredEvent?> GetAsync(string id, CancellationToken cancellationToken);

    /// <inheritdoc cref="EventSearch.StagesAsync"/>
    Task<IReadOnlyList<StoredEvent>> StagesAsync(StoredEvent of, CancellationToken cancellationToken);

    /// <inheritdoc cref="FindingSearch.OfAsync"/>
    Task<ILookup<EventId, Finding>> FindingsAsync(IReadOnlyCollection<StoredEvent> events, CancellationToken cancellationToken);
}

/// <summary>The events of the store.</summary>
internal sealed class StoreReads(EventSearch search, FindingSearch findings) : IEventReads
{
    public Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
        search.SearchAsync(request, cancellationToken);

    public Task<EventHistogram> HistogramAsync(EventQuery query, int buckets, CancellationToken cancellationToken) =>
        search.HistogramAsync(query, buckets, cancellationToken);

    public Task<EventStats> StatsAsync(EventQuery query, string? by, int top, CancellationToken cancellationToken) =>
        search.StatsAsync(query, by, top, cancellationToken);

    public Task<StoreExtent> ExtentAsync(CancellationToken cancellationToken) => search.ExtentAsync(cancellationToken);

    public Task<StoredEvent?> GetAsync(string id, CancellationToken cancellationToken) => search.GetAsync(id, cancellationToken);

    public Task<IReadOnlyList<StoredEvent>> StagesAsync(StoredEvent of, CancellationToken cancellationToken) =>
        search.StagesAsync(of, cancellationToken);

    public Task<ILookup<EventId, Finding>> FindingsAsync(IReadOnlyCollection<StoredEvent> events, CancellationToken cancellationToken) =>
        findings.OfAsync(events, cancellationToken);
}
