using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>The store is killed, has too little memory, or refuses: events keep being accepted, and all are there afterwards, once.</summary>
public sealed class StoreTroubleTests
{
    [Fact]
    public async Task Events_are_accepted_while_the_store_is_killed_and_stored_once_afterwards()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ReeveProcess.StartAsync(folder["data"], [folder["logs"]]);
        using var analyst = await Analyst.SignUpAsync(server);
        await analyst.WaitForCountAsync(0);

        for (var round = 0; round < 5; round++)
        {
            folder.Write($"logs/{round}.log", string.Concat(Enumerable.Range(0, 5_000).Select(line => $"no event {(round * 5_000) + line}\n")));
            server.KillStore();
            await analyst.WaitForReceivedAsync(5_000 * (round + 1));
        }

        await analyst.WaitForCountAsync(25_000);
        await AssertNumbersAsync(analyst, 25_000);
    }

    [Fact]
    public async Task Store_that_runs_out_of_memory_loses_and_doubles_nothing()
    {
        using var folder = new TemporaryFolder();
        var words = string.Concat(Enumerable.Repeat("no event ", 1_000));
        folder.Write("logs/audit.log", string.Concat(Enumerable.Range(0, 5_000).Select(line => $"{words}{line}\n")));
        var data = folder["data"];
        string token;
        await using (var poor = await ReeveProcess.StartAsync(
            data, [folder["logs"]], environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["REEVE_STORE_MAXMEMORY"] = "130MiB" }))
        {
            using var administrator = await Analyst.SignUpAsync(poor);
            token = administrator.Token;
            await administrator.WaitForReceivedAsync(5_000);
            await administrator.WaitForMetricAsync("reeve_store_retries_total");
            await poor.StopAsync();
        }

        await using var server = await ReeveProcess.StartAsync(data, [folder["logs"]]);
        using var analyst = new Analyst(server.Address, token);
        await analyst.WaitForCountAsync(5_000);
        var numbers = (await analyst.AllAsync()).Select(row => int.Parse(row.GetProperty("raw").GetString()!.AsSpan(words.Length))).Order();
        Assert.Equal(Enumerable.Range(0, 5_000), numbers);
    }

    private static async Task AssertNumbersAsync(Analyst analyst, int count)
    {
        var numbers = (await analyst.AllAsync()).Select(row => int.Parse(row.GetProperty("raw").GetString()!.AsSpan("no event ".Length))).Order();
        Assert.Equal(Enumerable.Range(0, count), numbers);
    }
}
