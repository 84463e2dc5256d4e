using System.Globalization;
using System.Text;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>The store is killed, has too little memory, or refuses: events keep being accepted, and all are there afterwards, once.</summary>
public sealed class StoreTroubleTests
{
    private const int LinesWithoutMemory = 2_000;

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
        var data = folder["data"];
        string? token = null;
        var lines = 0;
        // What the engine needs depends on the machine: its limit falls until it cannot take what is given to it.
        foreach (var limit in (int[])[300, 200, 130, 90, 60, 40])
        {
            WriteDistinctWords(folder, lines, LinesWithoutMemory);
            lines += LinesWithoutMemory;
            if (await RefusesAsync(limit))
                break;
            Assert.NotEqual(40, limit);
        }

        await using var server = await ReeveProcess.StartAsync(data, [folder["logs"]]);
        using var analyst = new Analyst(server.Address, token!);
        await analyst.WaitForCountAsync(lines);
        var numbers = (await analyst.AllAsync()).Select(row => row.GetProperty("raw").GetString()!).Select(raw => int.Parse(raw.AsSpan(raw.LastIndexOf(' ') + 1))).Order();
        Assert.Equal(Enumerable.Range(0, lines), numbers);

        async Task<bool> RefusesAsync(int limit)
        {
            await using var poor = await ReeveProcess.StartAsync(
                data, [folder["logs"]], environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["REEVE_STORE_MAXMEMORY"] = $"{limit}MiB" });
            using var administrator = token is null ? await Analyst.SignUpAsync(poor) : new Analyst(poor.Address, token);
            token ??= administrator.Token;
            await administrator.WaitForReceivedAsync(LinesWithoutMemory);
            var refused = await FirstAsync(
                () => Task.FromResult(poor.LogText.Contains("memory limit exceeded", StringComparison.OrdinalIgnoreCase)),
                async () => (await administrator.SumAsync("reeve_store_rows_total")) >= LinesWithoutMemory);
            await poor.StopAsync();
            return refused;
        }
    }

    // Words that occur once: the text index of a batch takes many times the memory of its rows.
    private static void WriteDistinctWords(TemporaryFolder folder, int first, int count)
    {
        var random = new Random(first);
        var text = new StringBuilder();
        for (var line = first; line < first + count; line++)
        {
            for (var word = 0; word < 1_000; word++)
                text.Append(CultureInfo.InvariantCulture, $"{random.Next():x8} ");
            text.Append(CultureInfo.InvariantCulture, $"{line}\n");
        }

        folder.Write($"logs/{first}.log", text.ToString());
    }

    // True where the first became true before the second.
    private static async Task<bool> FirstAsync(Func<Task<bool>> first, Func<Task<bool>> second)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await first())
                return true;
            if (await second())
                return false;
            await poll.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task AssertNumbersAsync(Analyst analyst, int count)
    {
        var numbers = (await analyst.AllAsync()).Select(row => int.Parse(row.GetProperty("raw").GetString()!.AsSpan("no event ".Length))).Order();
        Assert.Equal(Enumerable.Range(0, count), numbers);
    }
}
