using CsCheck;
using Reeve.Store.ClickHouse;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.ClickHouse;

/// <summary>The same behaviour over the embedded store's socket and over a ClickHouse server's HTTP interface.</summary>
public sealed class RoundTripTests(SharedStores stores)
{
    public static TheoryData<string> Roads => ["embedded", "server"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task Inserted_rows_come_back(string road)
    {
        var store = await OpenAsync(road);
        var table = await Tables.CreateAsync(store);

        await store.InsertAsync(table, ["n", "text"], Tables.Rows(0, 1000), "a", Token);

        var texts = await store.ListAsync<string>($"SELECT text FROM {table} WHERE n >= {{p:UInt64}} ORDER BY n", 990UL);
        Assert.Equal(Enumerable.Range(990, 10).Select(i => $"row '{i}' \\ \t é"), texts);
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task The_same_batch_with_the_same_token_is_stored_once(string road)
    {
        var store = await OpenAsync(road);
        var table = await Tables.CreateAsync(store);

        foreach (var token in (string[])["s-1-100", "s-1-100", "it's \\ another", "s-1-100", "it's \\ another"])
            await store.InsertAsync(table, ["n", "text"], Tables.Rows(0, 100), token, Token);

        Assert.Equal((200UL, 100UL), await Tables.CountAsync(store, table));
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task Rows_cut_short_are_refused_and_the_next_batch_is_taken(string road)
    {
        var store = await OpenAsync(road);
        var table = await Tables.CreateAsync(store);
        var cut = new ReadOnlyMemoryContent(Tables.Bytes(0, 100).AsMemory()[..^3]);

        var e = await Assert.ThrowsAsync<ClickHouseException>(() => store.InsertAsync(table, ["n", "text"], cut, "cut", Token));
        await store.InsertAsync(table, ["n", "text"], Tables.Rows(0, 10), "whole", Token);

        Assert.Equal(StoreFailure.Refused, e.Failure);
        Assert.Equal((10UL, 10UL), await Tables.CountAsync(store, table));
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task A_missing_table_is_not_the_fault_of_the_batch(string road)
    {
        var store = await OpenAsync(road);
        var large = new ReadOnlyMemoryContent(Tables.Bytes(0, 200_000));

        var e = await Assert.ThrowsAsync<ClickHouseException>(() => store.InsertAsync("no_such_table", ["n", "text"], large, "a", Token));

        Assert.Equal((60, StoreFailure.Unavailable), (e.Code, e.Failure));
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task Any_text_passes_as_a_parameter_unchanged(string road)
    {
        var store = await OpenAsync(road);
        var texts = Gen.Char['\u0001', '\u04ff'].Array[0, 20].Select(c => new string(c));

        await texts.SampleAsync(
            async text => Assert.Equal(text, await store.OneAsync<string>("SELECT {p:String}", text)),
            iter: 60,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task A_large_answer_arrives_whole(string road)
    {
        var store = await OpenAsync(road);

        var numbers = await store.ListAsync<ulong>("SELECT number FROM numbers(1000000) ORDER BY number");

        Assert.Equal(1_000_000, numbers.Count);
        Assert.All(numbers.Index(), row => Assert.Equal((ulong)row.Index, row.Item));
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task A_failure_in_the_middle_of_an_answer_is_told_with_its_code(string road)
    {
        var store = await OpenAsync(road);
        const string Sql = "SELECT number, throwIf(number = 900000) FROM numbers(1000000)";

        var e = await Assert.ThrowsAsync<ClickHouseException>(() => store.ListAsync<ulong>(Sql));

        Assert.Equal(395, e.Code);
        Assert.Equal(7, await store.OneAsync<byte>("SELECT 7"));
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task Limits_end_a_query_as_overload(string road)
    {
        var store = await OpenAsync(road);

        var memory = await Assert.ThrowsAsync<ClickHouseException>(
            () => store.ListAsync<ulong>("SELECT length(groupArray(toString(number))) FROM numbers(10000000)", limits: Reading.Limits with { MemoryBytes = 20 << 20 }));
        var duration = await Assert.ThrowsAsync<ClickHouseException>(
            () => store.ListAsync<ulong>(Reading.Endless, limits: Reading.Limits with { Time = TimeSpan.FromSeconds(1) }));

        Assert.Equal((241, StoreFailure.Overloaded), (memory.Code, memory.Failure));
        Assert.Equal((159, StoreFailure.Overloaded), (duration.Code, duration.Failure));
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task Cancelling_kills_the_query_in_the_store(string road)
    {
        var store = await OpenAsync(road);
        var marker = Guid.NewGuid().ToString();
        using var cancel = new CancellationTokenSource();

        var running = store.ListAsync<ulong>($"{Reading.Endless} /* {marker} */", token: cancel.Token);
        await store.WaitForRunningAsync(marker, 1);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await store.WaitForRunningAsync(marker, 0);
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public async Task Abandoning_the_rows_kills_the_query_in_the_store(string road)
    {
        var store = await OpenAsync(road);
        var marker = Guid.NewGuid().ToString();

        await foreach (var _ in store.QueryAsync($"SELECT number FROM numbers(10000000000) /* {marker} */", null, r => r.GetValue(0), Reading.Limits, Token))
            break;

        await store.WaitForRunningAsync(marker, 0);
    }

    private async Task<IClickHouse> OpenAsync(string road) =>
        road == "embedded" ? (await stores.EmbeddedAsync()).Client : (await stores.ServerAsync()).Client;
}
