using Reeve.Store.Query.Overview;

namespace Reeve.Server.Ui.Overview;

/// <summary>What the Overview page asks the store, or numbers in memory in tests. Thread-safe.</summary>
public interface IOverviewReads
{
    /// <summary>The numbers of a time range.</summary>
    /// <exception cref="Store.ClickHouse.ClickHouseException">The store does not do it.</exception>
    Task<OverviewFigures> ReadAsync(OverviewRequest request, CancellationToken cancellationToken);
}

/// <summary>The numbers of the store.</summary>
internal sealed class StoreOverview(OverviewSearch search) : IOverviewReads
{
    public Task<OverviewFigures> ReadAsync(OverviewRequest request, CancellationToken cancellationToken) => search.ReadAsync(request, cancellationToken);
}
