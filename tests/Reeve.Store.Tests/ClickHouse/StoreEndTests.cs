using System.Diagnostics;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Embedded;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.ClickHouse;

/// <summary>How a store's process starts and ends.</summary>
public sealed class StoreEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_kill_9_during_inserts_every_acknowledged_batch_is_there_once()
    {
        await using var store = await EmbeddedStore.StartAsync();
        var table = await Tables.CreateAsync(store.Client);
        var acknowledged = 0;

        for (var life = 0; life < 3; life++)
        {
            var until = acknowledged + 20;
            var killing = KillWhenAsync(store, () => Volatile.Read(ref acknowledged) >= until);
            while (await TryInsertAsync(store.Client, table, acknowledged))
                Interlocked.Increment(ref acknowledged);
            await killing;
            await store.RestartAsync();
            // The batch in doubt is sent again with the same token.
            Assert.True(await TryInsertAsync(store.Client, table, acknowledged));
            acknowledged++;
        }

        var expected = (ulong)acknowledged * 50;
        Assert.Equal((expected, expected), await Tables.CountAsync(store.Client, table));
    }

    /// <summary>MergeTree notes a block's id before its part is in place: a kill between the two leaves exactly this.</summary>
    [Fact]
    public async Task A_batch_whose_id_was_noted_but_whose_part_was_not_is_stored_when_it_is_sent_again()
    {
        await using var store = await EmbeddedStore.StartAsync();
        var table = await Tables.CreateAsync(store.Client);
        for (var batch = 0; batch < 3; batch++)
            Assert.True(await TryInsertAsync(store.Client, table, batch));
        await store.Client.ExecuteAsync($"OPTIMIZE TABLE {table} FINAL", Token);
        Assert.True(await TryInsertAsync(store.Client, table, 3));
        var part = await store.Client.OneAsync<string>($"SELECT path FROM system.parts WHERE table = '{table}' AND active AND level = 0");

        await store.Child.KillAsync();
        Directory.Delete(part, recursive: true);
        await store.RestartAsync();
        for (var batch = 0; batch < 4; batch++)
            Assert.True(await TryInsertAsync(store.Client, table, batch));

        Assert.Equal((200UL, 200UL), await Tables.CountAsync(store.Client, table));
    }

    [Fact]
    public async Task The_end_of_its_input_stops_the_store_even_while_a_query_runs()
    {
        await using var store = await EmbeddedStore.StartAsync();
        var marker = Guid.NewGuid().ToString();
        var running = store.Client.ListAsync<ulong>($"{Reading.Endless} /* {marker} */");
        await store.Client.WaitForRunningAsync(marker, 1);

        Assert.Equal(0, await store.Child.StopAsync());
        await Assert.ThrowsAsync<ClickHouseException>(() => running);
    }

    [Fact]
    public async Task SIGTERM_stops_the_store_with_exit_code_0()
    {
        await using var store = await EmbeddedStore.StartAsync();

        using var kill = Process.Start("kill", ["-TERM", store.Child.Id.ToString()]);

        Assert.Equal(0, await store.Child.WaitAsync());
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_in_one_line()
    {
        await using var store = await EmbeddedStore.StartAsync();
        await using var second = new Child(EmbeddedStore.Command, store.Data, store.Socket + "2", "1000000000");

        Assert.Equal(StoreHost.CannotStart, await second.WaitAsync());
        Assert.Contains("another process holds it", second.Output, StringComparison.Ordinal);
        Assert.Equal(1, await store.Client.OneAsync<byte>("SELECT 1"));
    }

    [Theory]
    [InlineData(null, "REEVE_LIBCHDB")]
    [InlineData("/nowhere/libchdb.so", "/nowhere/libchdb.so")]
    [InlineData("/etc/hostname", "/etc/hostname")]
    public void A_library_that_cannot_be_loaded_is_one_line_that_names_the_way_out(string? path, string named)
    {
        Assert.False(ChdbLibrary.TryLoad(path, out _, out var error));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Contains("store.url", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error!);
    }

    private static async Task<bool> TryInsertAsync(ClickHouseHttp store, string table, int batch)
    {
        try
        {
            await store.InsertAsync(table, ["n", "text"], Tables.Rows(batch * 50, 50), $"s-{batch}", Token);
            return true;
        }
        catch (ClickHouseException e) when (e.Failure == StoreFailure.Unavailable)
        {
            return false;
        }
    }

    private static async Task KillWhenAsync(EmbeddedStore store, Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(3));
        while (!condition())
            await timer.WaitForNextTickAsync(Token);
        await store.Child.KillAsync();
    }
}
