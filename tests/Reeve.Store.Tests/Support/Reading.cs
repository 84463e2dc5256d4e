using Reeve.Store.ClickHouse;

namespace Reeve.Store.Tests.Support;

/// <summary>Short ways to read for tests.</summary>
internal static class Reading
{
    /// <summary>A query that runs until it is killed or its time is over.</summary>
    public const string Endless = "SELECT count() FROM numbers_mt(1000000000000000) WHERE sipHash64(number) = 1";

    public static ReadLimits Limits { get; } = new(TimeSpan.FromMinutes(2), 512L << 20, 1, 1);

    public static async Task<List<T>> ListAsync<T>(this IClickHouse store, string sql, object? parameter = null, ReadLimits? limits = null, CancellationToken? token = null)
    {
        var rows = new List<T>();
        var parameters = parameter is null ? null : new Dictionary<string, object> { ["p"] = parameter };
        await foreach (var row in store.QueryAsync(sql, parameters, r => r.GetFieldValue<T>(0), limits ?? Limits, token ?? TestContext.Current.CancellationToken))
            rows.Add(row);
        return rows;
    }

    public static async Task<T> OneAsync<T>(this IClickHouse store, string sql, object? parameter = null, ReadLimits? limits = null, CancellationToken? token = null) =>
        Assert.Single(await store.ListAsync<T>(sql, parameter, limits, token));

    /// <summary>Waits until so many queries that contain a text run in the store.</summary>
    public static async Task WaitForRunningAsync(this IClickHouse store, string marker, ulong count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await store.RunningAsync(marker) != count)
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }

    public static Task<ulong> RunningAsync(this IClickHouse store, string marker) =>
        store.OneAsync<ulong>("SELECT count() FROM system.processes WHERE position(query, {p:String}) > 0 AND position(query, 'system.processes') = 0", marker);
}
