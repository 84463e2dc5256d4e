using System.Net;
using Reeve.Store.ClickHouse;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.ClickHouse;

/// <summary>What only the embedded store's host promises: concurrency, modes of its files, its end.</summary>
public sealed class StoreHostTests(SharedStores stores)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_does_not_wait_for_a_long_query()
    {
        var store = (await stores.EmbeddedAsync()).Client;
        using var cancel = new CancellationTokenSource();

        var running = store.ListAsync<ulong>(Reading.Endless, token: cancel.Token);
        var answer = await store.OneAsync<byte>("SELECT 1");

        Assert.Equal(1, answer);
        Assert.False(running.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_read_does_not_wait_for_an_insert_and_an_insert_not_for_reads()
    {
        var store = (await stores.EmbeddedAsync()).Client;
        var table = await Tables.CreateAsync(store);
        using var cancel = new CancellationTokenSource();
        var rows = new HeldContent(Tables.Bytes(0, 100));

        var reading = store.ListAsync<ulong>(Reading.Endless, token: cancel.Token);
        var inserting = store.InsertAsync(table, ["n", "text"], rows, "a", Token);
        await rows.Started;
        Assert.Equal((0UL, 0UL), await Tables.CountAsync(store, table));
        Assert.False(inserting.IsCompleted);
        rows.Release();
        await inserting;

        Assert.False(reading.IsCompleted);
        Assert.Equal((100UL, 100UL), await Tables.CountAsync(store, table));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task An_insert_that_breaks_off_stores_nothing()
    {
        var store = (await stores.EmbeddedAsync()).Client;
        var table = await Tables.CreateAsync(store);
        var rows = new HeldContent(Tables.Bytes(0, 100));
        using var cancel = new CancellationTokenSource();

        var inserting = store.InsertAsync(table, ["n", "text"], rows, "a", cancel.Token);
        await rows.Started;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inserting);
        await store.InsertAsync(table, ["n", "text"], Tables.Rows(500, 7), "b", Token);

        Assert.Equal((7UL, 7UL), await Tables.CountAsync(store, table));
    }

    [Fact]
    public async Task More_reads_than_may_wait_are_refused_as_overload_and_the_rest_is_served()
    {
        await using var store = await EmbeddedStore.StartAsync();
        using var cancel = new CancellationTokenSource();
        
        // 4 run and 8 wait; the ones beyond are refused.
        var reads = Enumerable.Range(0, 20).Select(_ => store.Client.ListAsync<ulong>(Reading.Endless, token: cancel.Token)).ToList();
        var first = await Task.WhenAny(reads);

        var e = await Assert.ThrowsAsync<ClickHouseException>(() => first);
        Assert.Equal((202, StoreFailure.Overloaded), (e.Code, e.Failure));
        await cancel.CancelAsync();
        await Task.WhenAll(reads.Select(r => r.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal(1, await store.Client.OneAsync<byte>("SELECT 1"));
    }

    [Fact]
    public async Task A_hundred_cancelled_reads_leave_the_pool_free()
    {
        var store = (await stores.EmbeddedAsync()).Client;
        for (var i = 0; i < 100; i++)
        {
            using var cancel = new CancellationTokenSource();
            var running = store.ListAsync<ulong>(Reading.Endless, token: cancel.Token);
            if (i % 3 == 0)
                await store.OneAsync<byte>("SELECT 1");
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        Assert.Equal([1, 1, 1, 1], await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.OneAsync<byte>("SELECT 1"))));
    }

    [Fact]
    public async Task Settings_of_one_query_do_not_reach_the_next()
    {
        var store = (await stores.EmbeddedAsync()).Client;
        const string Sql = "SELECT getSetting('max_memory_usage')::UInt64";
        var small = Reading.Limits with { MemoryBytes = 123_456_789 };

        for (var i = 0; i < 8; i++)
            Assert.Equal(123_456_789UL, await store.OneAsync<ulong>(Sql, limits: small));
        using var http = StoreConnections.Create(StoreEndpoint.FromSocket((await stores.EmbeddedAsync()).Socket));
        for (var i = 0; i < 8; i++)
            Assert.Equal("0", (await (await http.PostAsync("/", new StringContent(Sql), Token)).Content.ReadAsStringAsync(Token)).Trim());
    }

    [Fact]
    public async Task Only_the_owner_can_reach_the_store()
    {
        var store = await stores.EmbeddedAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(store.Socket));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(store.Data));
    }

    [Fact]
    public async Task The_memory_limit_of_the_store_ends_a_query_and_not_the_store()
    {
        await using var store = await EmbeddedStore.StartAsync(maxMemory: 400L << 20);
        const string Sql = "SELECT length(groupArray(repeat('x', 1000) || toString(number))) FROM numbers(2000000)";

        var e = await Assert.ThrowsAsync<ClickHouseException>(() => store.Client.ListAsync<ulong>(Sql, limits: Reading.Limits with { MemoryBytes = 8L << 30 }));

        Assert.Equal((241, StoreFailure.Overloaded), (e.Code, e.Failure));
        Assert.Equal(1, await store.Client.OneAsync<byte>("SELECT 1"));
        Assert.False(store.Child.HasExited);
    }

    [Fact]
    public async Task Statements_in_a_row_are_refused()
    {
        var store = (await stores.EmbeddedAsync()).Client;

        var e = await Assert.ThrowsAsync<ClickHouseException>(() => store.ExecuteAsync("SELECT 1; SELECT 2", Token));

        Assert.Equal(62, e.Code);
    }

    /// <summary>A body of which the first half is sent and the rest when it is released.</summary>
    private sealed class HeldContent(byte[] bytes) : HttpContent
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => _started.Task;

        public void Release() => _released.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            _started.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2), cancellationToken);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
