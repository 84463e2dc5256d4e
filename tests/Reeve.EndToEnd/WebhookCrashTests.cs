using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>The server is killed, as by a power cut, while an apiserver sends.</summary>
public sealed class WebhookCrashTests
{
    private const int Kills = 20;
    private const int BatchSize = 40;
    private const int AtOnce = 6;

    [Fact]
    public async Task Every_event_is_there_once_after_twenty_kills_under_webhook_load()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        var server = await ReeveProcess.StartAsync(folder["data"], []);
        using var first = await Analyst.SignUpAsync(server);
        using var apiserver = new Apiserver("prod", await ReeveProcess.CreateTokenAsync(folder["data"], "prod"));
        apiserver.Use(server);
        using var done = new CancellationTokenSource();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var sending = Enumerable.Range(0, AtOnce).Select(lane => SendAsync(apiserver, lane, done.Token, patience.Token)).ToList();

        for (var kill = 0; kill < Kills; kill++)
        {
            await WaitForAcceptedAsync(apiserver, sending, (random.Next(1, 5) * BatchSize) + 1);
            var (before, failed) = (apiserver.Accepted.Count, apiserver.Failures);
            if (kill % 4 == 0)
                server.KillStore();
            await server.KillAsync();
            await server.DisposeAsync();
            server = await ReeveProcess.StartAsync(folder["data"], []);
            Assert.True(apiserver.Failures > failed, $"nothing was on its way at kill {kill}, after {before} events");
            apiserver.Use(server);
        }

        await done.CancelAsync();
        await using var last = server;
        var sent = (await Task.WhenAll(sending)).SelectMany(ids => ids).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(sent, apiserver.Accepted.Order(StringComparer.Ordinal));
        using var analyst = first.At(last);
        await analyst.WaitForCountAsync(sent.Count);
        var found = (await analyst.AllAsync()).Select(row => row.GetProperty("raw").GetProperty("auditID").GetString()!);
        Assert.Equal(sent, found.Order(StringComparer.Ordinal));
        Assert.Equal(sent.Count, await analyst.CountAsync("cluster:prod host:cp-1"));
    }

    // The last batch of a lane is sent to its end, however often the server is killed meanwhile.
    private static async Task<List<string>> SendAsync(Apiserver apiserver, int lane, CancellationToken done, CancellationToken ct)
    {
        var sent = new List<string>();
        while (!done.IsCancellationRequested)
        {
            string[] batch = [.. Enumerable.Range(0, BatchSize).Select(number => $"{lane}-{sent.Count + number}")];
            sent.AddRange(batch);
            await apiserver.SendAsync(batch, ct);
        }

        return sent;
    }

    private static async Task WaitForAcceptedAsync(Apiserver apiserver, List<Task<List<string>>> sending, int more)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var before = apiserver.Accepted.Count;
        while (apiserver.Accepted.Count < before + more)
        {
            if (sending.Find(lane => lane.IsCompleted) is { } ended)
                await ended;
            await poll.WaitForNextTickAsync();
        }
    }
}
