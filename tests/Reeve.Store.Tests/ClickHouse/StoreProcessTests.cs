using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Embedded;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.ClickHouse;

public sealed class StoreProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_store_is_started_again_and_counted()
    {
        using var folder = new TemporaryFolder();
        await using var store = Supervised.Start(folder);
        using var client = new ClickHouseHttp(store.Endpoint, TimeProvider.System);
        await store.WaitReadyAsync(Token);
        var first = store.ProcessId!.Value;

        using (var process = Process.GetProcessById(first))
            process.Kill();
        await UntilAsync(() => store.Restarts == 1);
        await store.WaitReadyAsync(Token);
        await client.CreateDatabaseAsync(Token);

        Assert.Equal(1, await client.OneAsync<byte>("SELECT 1"));
        Assert.NotEqual(first, store.ProcessId);
    }

    [Fact]
    public async Task Stopping_ends_the_store_and_starts_no_other()
    {
        using var folder = new TemporaryFolder();
        await using var store = Supervised.Start(folder);
        await store.WaitReadyAsync(Token);
        var id = store.ProcessId!.Value;

        await store.StopAsync();

        Assert.False(Path.Exists($"/proc/{id}"));
        Assert.False(store.Ready);
        Assert.Equal(0, store.Restarts);
    }

    [Fact]
    public async Task After_kill_9_of_the_server_a_new_one_gets_the_folder()
    {
        using var folder = new TemporaryFolder();
        Chdb.Require();
        await using var server = new Child(Supervised.Command, folder.Path);
        using var client = new ClickHouseHttp(StoreEndpoint.FromSocket(folder["store.sock"]), TimeProvider.System);
        await Readiness.WaitAsync(client, server);
        var table = await Tables.CreateAsync(client);
        await client.InsertAsync(table, ["n", "text"], Tables.Rows(0, 10), "a", Token);

        await server.KillAsync();
        await using var next = Supervised.Start(folder);
        await next.WaitReadyAsync(Token);

        Assert.Equal((10UL, 10UL), await Tables.CountAsync(client, table));
    }

    [Fact]
    public async Task A_store_that_hangs_after_its_server_was_killed_is_killed()
    {
        using var folder = new TemporaryFolder();
        Chdb.Require();
        await using var server = new Child(Supervised.Command, folder.Path);
        using var client = new ClickHouseHttp(StoreEndpoint.FromSocket(folder["store.sock"]), TimeProvider.System);
        await Readiness.WaitAsync(client, server);
        var hanging = StaleStore.HolderOf(folder["store"])!.Value;
        using (var stop = Process.Start("kill", ["-STOP", hanging.ToString()]))
            await stop.WaitForExitAsync(Token);

        Assert.Null(StaleStore.KillHolder(folder["store"]));
        await server.KillAsync();
        await using var next = Supervised.Start(folder);
        await next.WaitReadyAsync(Token);

        Assert.NotEqual(hanging, next.ProcessId);
    }

    [Fact]
    public async Task A_store_that_cannot_start_says_why_and_is_tried_again()
    {
        using var folder = new TemporaryFolder();
        await using var store = Supervised.Start(folder, library: "/nowhere/libchdb.so");

        await UntilAsync(() => store.Restarts >= 2);

        Assert.False(store.Ready);
        Assert.Contains("store.url", store.LastLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_tried_again()
    {
        using var folder = new TemporaryFolder();
        await using var store = new StoreProcess(Supervised.Options(folder.Path) with { File = "/nowhere/reeve" }, NullLogger<StoreProcess>.Instance, TimeProvider.System);

        store.Start();

        await UntilAsync(() => store.Restarts >= 2);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(16, 0, 30)]
    [InlineData(30, 59, 30)]
    [InlineData(30, 60, 1)]
    public void The_pause_doubles_and_starts_over_after_a_healthy_time(int previous, int healthyFor, int next)
    {
        var delay = new RestartDelay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));

        Assert.Equal(TimeSpan.FromSeconds(next), delay.After(TimeSpan.FromSeconds(previous), TimeSpan.FromSeconds(healthyFor)));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
            await timer.WaitForNextTickAsync(Token);
    }
}
