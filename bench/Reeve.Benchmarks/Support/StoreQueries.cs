using System.Data.Common;
using Reeve.Store.ClickHouse;

namespace Reeve.Benchmarks.Support;

/// <summary>Reads of the rows that measure.</summary>
internal static class StoreQueries
{
    private static readonly TimeSpan MergePoll = TimeSpan.FromMilliseconds(250);
    private const int QuietPolls = 4;

    public static async Task<List<T>> ReadAsync<T>(this IClickHouse store, string sql, Func<DbDataReader, T> map, CancellationToken ct)
    {
        var rows = new List<T>();
        await foreach (var row in store.QueryAsync(sql, null, map, ReadLimits.Interactive, ct))
            rows.Add(row);
        return rows;
    }

    public static async Task<long> CountAsync(this IClickHouse store, string from, CancellationToken ct) =>
        (await store.ReadAsync($"SELECT toInt64(count()) FROM {from}", row => row.GetInt64(0), ct))[0];

    /// <summary>Returns when no merge has run for a second.</summary>
    public static async Task WaitForMergesAsync(this IClickHouse store, CancellationToken ct)
    {
        for (var quiet = 0; quiet < QuietPolls;)
        {
            await Task.Delay(MergePoll, ct);
            quiet = await store.CountAsync("system.merges", ct) == 0 ? quiet + 1 : 0;
        }
    }
}
