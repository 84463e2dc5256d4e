using System.Net.Sockets;
using static Reeve.Server.Tests.Sources.Listening.ListeningHarness;

namespace Reeve.Server.Tests.Sources.Syslog;

/// <summary>Runs alone: what other tests allocate meanwhile would be measured too.</summary>
[Collection(nameof(SyslogMemoryTests))]
[CollectionDefinition(nameof(SyslogMemoryTests), DisableParallelization = true)]
public sealed class SyslogMemoryTests
{
    [Fact]
    public async Task Five_hundred_quiet_connections_take_little_memory_and_each_still_delivers()
    {
        await using var harness = new SyslogHarness();
        var sockets = new List<Socket>();
        for (var i = 0; i < 500; i++)
            sockets.Add(await harness.ConnectAsync());
        for (var i = 0; i < 500; i++)
            await SendAsync(sockets[i], Frame(Event($"first-{i}")) + "\n");
        await harness.ReadAsync(500);
        await harness.WaitUntilAsync(() => harness.Registry.Snapshot().Single().Message == "500 connections");
        var held = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 500; i++)
            await SendAsync(sockets[i], Frame(Event($"second-{i}")) + "\n");
        await harness.ReadAsync(500);
        sockets.ForEach(socket => socket.Dispose());
        await harness.WaitUntilAsync(() => harness.Registry.Snapshot().Single().Message!.StartsWith("nobody", StringComparison.Ordinal));

        var perConnection = (held - GC.GetTotalMemory(forceFullCollection: true)) / 500;
        TestContext.Current.TestOutputHelper?.WriteLine($"{perConnection:N0} bytes for a quiet connection, its client's end included");
        Assert.InRange(perConnection, long.MinValue, 32_000);
    }
}
