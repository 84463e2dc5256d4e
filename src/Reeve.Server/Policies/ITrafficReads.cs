using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Policies;

/// <summary>
/// Stored traffic: <see cref="TrafficSearch"/>, or traffic in memory in tests. Thread-safe; a call fails with
/// <see cref="Store.ClickHouse.ClickHouseException"/> when the store does not do it, and ends there when it is cancelled.
/// </summary>
internal interface ITrafficReads
{
    /// <inheritdoc cref="TrafficSearch.ReadAsync"/>
    Task<StoredTraffic> ReadAsync(TrafficRequest request, CancellationToken cancellationToken);
}

/// <summary>The traffic of the store.</summary>
internal sealed class StoredTrafficReads(TrafficSearch search) : ITrafficReads
{
    public Task<StoredTraffic> ReadAsync(TrafficRequest request, CancellationToken cancellationToken) => search.ReadAsync(request, cancellationToken);
}
