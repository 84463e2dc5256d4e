using Reeve.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd;

/// <summary>Requests that a real log received and never answered, found in the log itself and by a server that is killed meanwhile.</summary>
public sealed class OrphanTests
{
    private const int Copies = 8;
    private const int Kills = 6;

    [Fact]
    public async Task Orphans_of_real_logs_are_found_each_once_though_the_server_is_killed_again_and_again()
    {
        using var folder = new TemporaryFolder();
        WriteCopies(folder["logs"]);
        var logs = RawLogs.Of(folder["logs"]);
        var expected = logs.Orphans();
        Assert.True(expected.Count >= Copies);
        var data = folder["data"];
        var random = new Random(11);

        var server = await ReeveProcess.StartAsync(data, [folder["logs"]]);
        using var first = await Analyst.SignUpAsync(server);
        for (var kill = 0; kill < Kills; kill++)
        {
            await WaitForProgressAsync(data, random.Next(1, 4));
            if (kill % 2 == 1)
                server.KillStore();
            await server.KillAsync();
            await server.DisposeAsync();
            server = await ReeveProcess.StartAsync(data, [folder["logs"]]);
        }

        await using var last = server;
        using var analyst = first.At(last);
        await analyst.WaitForCountAsync(logs.Count);
        await analyst.WaitForQueryAsync("finding:orphan", expected.Count);
        var rows = await analyst.AllAsync("finding:orphan");
        Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Select(row => row.GetProperty("auditid").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(rows, row =>
        {
            var finding = Assert.Single(row.GetProperty("findings").EnumerateArray());
            Assert.Equal(("orphan", "medium"), (finding.GetProperty("finding").GetString(), finding.GetProperty("level").GetString()));
        });
        var patches = await analyst.AllAsync("finding:orphan ns:shop verb:patch name:ssa level:medium user:alice");
        Assert.Equal(Copies, patches.Count);
    }

    [Fact]
    public async Task A_person_finds_the_patch_that_hid_its_answer()
    {
        using var folder = new TemporaryFolder();
        Copy(Repository.Shared("data", "audit", "permissive"), folder["logs"], (_, line) => line);
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(folder["data"], [folder["logs"]]);
        var search = new SearchPage(browser.Page, server);

        await search.SignUpAsync();
        await search.ShowAllTimeAsync();
        using var open = new HttpClient { BaseAddress = server.Address };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!(await open.GetStringAsync("/metrics", patience.Token)).Contains("reeve_findings_total{kind=\"orphan\"} 1", StringComparison.Ordinal))
            await poll.WaitForNextTickAsync(patience.Token);
        await search.FilterAsync("finding:orphan verb:patch");
        await search.WaitForCountAsync(1);
        await search.Rows.First.Locator("td.time a").ClickAsync();

        await Expect(search.Panel.Locator(".finding")).ToContainTextAsync("alice, patch configmaps shop/ssa: the request was received, and no later stage of it is in the log.");
        await Expect(search.Panel.Locator(".finding a")).ToHaveTextAsync("finding:orphan");
        Assert.Empty(browser.Faults);
    }

    // Each copy has auditIDs of its own, and from the second on some requests lose their answers.
    private static void WriteCopies(string folder)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var number = copy;
            Copy(Repository.Shared("data", "audit", "permissive"), Path.Combine(folder, $"copy-{copy}"), (i, line) =>
                number > 0 && i % 97 == number && line.Contains("\"stage\":\"ResponseComplete\"", StringComparison.Ordinal)
                    ? null
                    : line.Replace("\"auditID\":\"", $"\"auditID\":\"{number}-", StringComparison.Ordinal));
        }
    }

    // Files that nobody has written to for a day: an import.
    private static void Copy(string from, string to, Func<int, string, string?> change)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFiles(from, "*.jsonl*"))
        {
            var copy = Path.Combine(to, Path.GetFileName(path).Replace(".zst", "", StringComparison.Ordinal));
            File.WriteAllLines(copy, RawLogs.LinesOf(path).Select((line, i) => change(i, line)).OfType<string>());
            File.SetLastWriteTimeUtc(copy, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1));
        }
    }

    private static async Task WaitForProgressAsync(string data, int steps)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var before = JournalBytes(data);
        for (var step = 0; step < 60 * steps && JournalBytes(data) < before + (steps * 2_000_000); step++)
            await poll.WaitForNextTickAsync();
    }

    private static long JournalBytes(string data) => new DirectoryInfo(Path.Combine(data, "journal")).EnumerateFiles("*.seg").Sum(file => file.Length);
}
