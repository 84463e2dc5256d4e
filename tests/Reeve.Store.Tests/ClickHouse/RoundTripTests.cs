using Reeve.Store.ClickHouse;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.ClickHouse;

/// <summary>The same behaviour over the embedded store's socket and over a ClickHouse server's HTTP interface.</summary>
public sealed class RoundTripTests(SharedStores stores)
{
    public static TheoryData<string> Roads => ["embedded", "server"];

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task Inserted_rows_come_back(string road)
    {
        var store = await OpenAsync(road);
        var table = await Tables.CreateAsync(store);

        await store.InsertAsync(table, ["n", "text"], Tables.Rows(0, 1000), "a", TestContext.Current.CancellationToken);

        var rows = await ReadAsync(store, $"SELECT n, text FROM {table} WHERE n >= {{from:UInt64}} ORDER BY n", new() { ["from"] = 990UL });
        Assert.Equal(Enumerable.Range(990, 10).Select(i => ((ulong)i, $"row '{i}' \\ \t é")), rows);
    }

    private static async Task<List<(ulong N, string Text)>> ReadAsync(IClickHouse store, string sql, Dictionary<string, object> parameters)
    {
        var rows = new List<(ulong, string)>();
        await foreach (var row in store.QueryAsync(sql, parameters, r => (r.GetFieldValue<ulong>(0), r.GetString(1)), ReadLimits.Interactive, TestContext.Current.CancellationToken))
            rows.Add(row);
        return rows;
    }

    private async Task<IClickHouse> OpenAsync(string road) =>
        road == "embedded" ? (await stores.EmbeddedAsync()).Client : (await stores.ServerAsync()).Client;
}
