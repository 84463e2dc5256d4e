using System.Data.Common;

namespace Reeve.Store.ClickHouse;

/// <summary>
/// The one client of the store: the embedded one on its Unix socket, or any ClickHouse HTTP endpoint. Safe for concurrent use.
/// Every failure but cancellation is a <see cref="ClickHouseException"/> whose <see cref="ClickHouseException.Failure"/> says what to do next.
/// </summary>
public interface IClickHouse
{
    /// <summary>Makes the endpoint's database where it is missing; everything else happens inside it.</summary>
    Task CreateDatabaseAsync(CancellationToken cancellationToken);

    /// <summary>Runs a statement that answers no rows (DDL, <c>ALTER … DROP PARTITION</c>). Runs in the order of the inserts on the embedded store.</summary>
    Task ExecuteAsync(string sql, CancellationToken cancellationToken);

    /// <summary>
    /// Inserts rows in ClickHouse's RowBinary format, written out by <paramref name="rows"/>, in the order of <paramref name="columns"/>.
    /// When it returns, the rows are in a part that is fsynced (table settings <c>fsync_after_insert</c>, <c>fsync_part_directory</c>).
    /// When it throws, all, some blocks, or none of the rows may be there: send the identical bytes again with the identical
    /// <paramref name="token"/> and nothing is stored twice (within the table's <c>non_replicated_deduplication_window</c>).
    /// </summary>
    /// <remarks>
    /// A plain MergeTree notes the token just before the rows are in place. The embedded store takes such a note back after a crash;
    /// another ClickHouse does not (a replicated table has no such gap), so whoever repeats an insert there looks for its rows.
    /// </remarks>
    /// <param name="table">Table name, with its database where needed; already quoted if it must be.</param>
    /// <param name="columns">Column names in the order of the bytes.</param>
    /// <param name="rows">The RowBinary bytes; read once per call and disposed.</param>
    /// <param name="token">What identifies these exact bytes, such as <c>server-first-last</c>.</param>
    /// <param name="cancellationToken">Cancels the insert; the outcome is then unknown.</param>
    Task InsertAsync(string table, IReadOnlyList<string> columns, HttpContent rows, string token, CancellationToken cancellationToken);

    /// <summary>
    /// Reads rows as they arrive. Abandoning the enumeration or cancelling kills the query in the store.
    /// </summary>
    /// <param name="sql">A SELECT whose parameters are written <c>{name:Type}</c>.</param>
    /// <param name="parameters">Values of the parameters by name; null for none. Sent beside the SQL, never spliced into it.</param>
    /// <param name="map">Makes a row of the reader's current position; must not keep the reader.</param>
    /// <param name="limits">What the query may use.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    IAsyncEnumerable<T> QueryAsync<T>(
        string sql,
        IReadOnlyDictionary<string, object>? parameters,
        Func<DbDataReader, T> map,
        ReadLimits limits,
        CancellationToken cancellationToken);

    /// <summary>Answers when the store does; the cheapest question there is (<c>GET /ping</c>).</summary>
    Task PingAsync(CancellationToken cancellationToken);
}
