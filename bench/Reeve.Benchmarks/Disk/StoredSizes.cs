using Reeve.Benchmarks.Support;
using Reeve.Store.ClickHouse;

namespace Reeve.Benchmarks.Disk;

/// <summary>A part of a table and its bytes on disk.</summary>
internal sealed record StoredSize(string Name, long Bytes);

/// <summary>How large the parts of a table are, from the store's own system tables: active parts only, compressed.</summary>
internal static class StoredSizes
{
    /// <summary>Each column, largest first, without its marks.</summary>
    public static Task<List<StoredSize>> ColumnsAsync(IClickHouse store, string table, CancellationToken ct) => ReadAsync(
        store,
        $"""
        SELECT column, toInt64(sum(column_data_compressed_bytes)) AS bytes FROM system.parts_columns
        WHERE database = currentDatabase() AND table = '{table}' AND active GROUP BY column ORDER BY bytes DESC
        """,
        ct);

    /// <summary>Each index, largest first, without its marks.</summary>
    public static Task<List<StoredSize>> IndexesAsync(IClickHouse store, string table, CancellationToken ct) => ReadAsync(
        store,
        $"""
        SELECT name, toInt64(data_compressed_bytes) AS bytes FROM system.data_skipping_indices
        WHERE database = currentDatabase() AND table = '{table}' ORDER BY bytes DESC
        """,
        ct);

    /// <summary>Every byte of the table's parts.</summary>
    public static async Task<long> TableAsync(IClickHouse store, string table, CancellationToken ct) => (await ReadAsync(
        store,
        $"SELECT '', toInt64(sum(bytes_on_disk)) FROM system.parts WHERE database = currentDatabase() AND table = '{table}' AND active",
        ct))[0].Bytes;

    private static Task<List<StoredSize>> ReadAsync(IClickHouse store, string sql, CancellationToken ct) =>
        store.ReadAsync(sql, row => new StoredSize(row.GetString(0), row.GetInt64(1)), ct);
}
