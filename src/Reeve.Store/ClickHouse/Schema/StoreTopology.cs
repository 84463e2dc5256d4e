namespace Reeve.Store.ClickHouse.Schema;

/// <summary>Whether the tables live on one server or are spread over a ClickHouse cluster.</summary>
/// <param name="Cluster">The cluster's name in ClickHouse's <c>remote_servers</c>; null for one server.</param>
public sealed record StoreTopology(string? Cluster = null)
{
    /// <summary>One server, as the embedded store is.</summary>
    public static StoreTopology Single { get; } = new();

    /// <summary>The table that holds the rows of <paramref name="table"/> on each server.</summary>
    public string Local(string table) => Cluster is null ? table : table + "_local";
}
