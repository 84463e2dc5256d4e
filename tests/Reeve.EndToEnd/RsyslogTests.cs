using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Reeve.EndToEnd.Support;
using ZstdSharp;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd;

/// <summary>apiserver's log → rsyslog → TCP → Reeve, as the article sets it up: what arrives, and what to do about what does not.</summary>
public sealed class RsyslogTests
{
    private const string Sources = """sources: [{type: syslog, name: article, listen: "127.0.0.1:0"}]""";

    [Fact]
    public async Task Configuration_of_the_article_delivers_every_event_to_the_overview_and_cuts_the_long_ones_which_is_told()
    {
        string[] lines =
        [
            .. File.ReadLines(Repository.Shared("data", "audit", "article-policy", "a14-crb-cluster-admin.jsonl")),
            .. File.ReadLines(Repository.Shared("data", "audit", "article-policy", "n00-start-and-setup.jsonl")).Where(line => line.Length > 9_000),
        ];
        using var folder = new TemporaryFolder();
        folder.Write("audit.log", string.Concat(lines.Select(line => line + "\n")));
        await using var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: Sources);
        using var analyst = await Analyst.SignUpAsync(server);

        await using var browser = await Chromium.StartAsync();
        var overview = new OverviewPage(browser.Page, server);
        await browser.Page.GotoAsync($"{server.Address}sign-in");
        await new SearchPage(browser.Page, server).SignInAsync();
        await overview.OpenAsync();
        await Expect(browser.Page.Locator(".empty h2")).ToHaveTextAsync("Waiting for the first event");

        using var rsyslog = await StartAsync(folder, analyst, first: "");
        await analyst.WaitForCountAsync(lines.Length);

        var arrived = await analyst.AllAsync();
        var (cut, whole) = (arrived.Where(IsCut).ToList(), arrived.Where(row => !IsCut(row)).ToList());
        Assert.Equal(12, whole.Count);
        Delivered.AssertEach(lines.Where(line => line.Length < 8_000), whole);
        Assert.NotEmpty(cut);
        Assert.Equal(lines.Count(line => line.Length > 9_000), cut.Count);
        Assert.Equal(cut.Count, await analyst.CountAsync("integrity:truncated-by-sender source:article"));
        Assert.All(cut, row => Assert.Contains(lines, line => line.StartsWith(row.GetProperty("raw").GetString()![..400], StringComparison.Ordinal)));

        var host = arrived[0].GetProperty("host").GetString();
        var sender = Assert.Single((await analyst.GetAsync("/api/v1/senders")).GetProperty("senders").EnumerateArray());
        Assert.Equal((host, "audit"), (sender.GetProperty("host").GetString(), sender.GetProperty("tag").GetString()));
        var trouble = Assert.Single(sender.GetProperty("troubles").EnumerateArray());
        Assert.Equal("cut-by-sender", trouble.GetProperty("code").GetString());
        Assert.Equal(cut.Count, trouble.GetProperty("count").GetInt32());
        Assert.Equal($"Frames from host {host} end at 8,096 bytes: rsyslog's $MaxMessageSize.", trouble.GetProperty("message").GetString());
        Assert.Contains("$MaxMessageSize 2m", trouble.GetProperty("advice").GetString());
        Assert.Contains("invalid or yet-unknown config file command 'InputFileMaxMessageSize'", rsyslog.Errors);

        await overview.WaitForRowAsync("Most active", "alice", 3);
        await Expect(overview.Changes("clusterrolebindings")).ToContainTextAsync("1 created");
        await Expect(overview.Changes("clusterrolebindings")).ToContainTextAsync("2 deleted");
        await overview.CheckLinkAsync(overview.Changes("clusterrolebindings").GetByRole(AriaRole.Link, new() { Name = "deleted" }), 2);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task With_the_largest_message_raised_first_an_event_of_1_86_MB_arrives_whole()
    {
        var log = Repository.Shared("data", "audit", "permissive", "a30-large-objects.jsonl.zst");
        using var folder = new TemporaryFolder();
        await using (var content = new DecompressionStream(File.OpenRead(log), leaveOpen: false))
        await using (var file = File.Create(folder["audit.log"]))
            await content.CopyToAsync(file, TestContext.Current.CancellationToken);
        var lines = await File.ReadAllLinesAsync(folder["audit.log"], TestContext.Current.CancellationToken);
        Assert.Equal(1_861_534, lines.Max(line => line.Length));
        await using var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: Sources);
        using var analyst = await Analyst.SignUpAsync(server);

        using var rsyslog = await StartAsync(folder, analyst, first: "$MaxMessageSize 2m");
        await analyst.WaitForCountAsync(lines.Length);

        var arrived = await analyst.AllAsync();
        Delivered.AssertEach(lines, arrived);
        var sender = Assert.Single((await analyst.GetAsync("/api/v1/senders")).GetProperty("senders").EnumerateArray());
        Assert.Equal(0, sender.GetProperty("cut").GetInt32());
        Assert.Empty(sender.GetProperty("troubles").EnumerateArray());
    }

    [Fact]
    public async Task Configuration_of_the_guide_delivers_events_longer_than_the_default_whole()
    {
        var lines = await File.ReadAllLinesAsync(Repository.Shared("data", "audit", "permissive", "a20-webhook-backdoor.jsonl"), TestContext.Current.CancellationToken);
        Assert.Contains(lines, line => line.Length > 8_200);
        using var folder = new TemporaryFolder();
        folder.Write("audit.log", string.Concat(lines.Select(line => line + "\n")));
        await using var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: Sources);
        using var analyst = await Analyst.SignUpAsync(server);

        using var rsyslog = RealRsyslog.Start(folder["rsyslog"], ConfigurationOfTheGuide(
            folder["audit.log"], await analyst.AddressOfAsync("article"), Directory.CreateDirectory(folder["rsyslog-work"]).FullName));
        await analyst.WaitForCountAsync(lines.Length);

        Delivered.AssertEach(lines, await analyst.AllAsync());
        var sender = Assert.Single((await analyst.GetAsync("/api/v1/senders")).GetProperty("senders").EnumerateArray());
        Assert.Equal("k8s-audit-prod", sender.GetProperty("tag").GetString());
        Assert.Empty(sender.GetProperty("troubles").EnumerateArray());
        Assert.Equal("", rsyslog.Errors.Trim());
    }

    // As people copy it; only the paths and the port are this test's.
    private static string ConfigurationOfTheGuide(string log, IPEndPoint target, string work)
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs/guide/setup.md"));
        var begin = guide.IndexOf("module(load=\"imfile\")", StringComparison.Ordinal);
        var configuration = guide[begin..guide.IndexOf("```", begin, StringComparison.Ordinal)];
        return configuration
            .Replace("/var/log/kubernetes/audit/audit.log", log, StringComparison.Ordinal)
            .Replace("/var/spool/rsyslog", work, StringComparison.Ordinal)
            .Replace("\"1514\"", $"\"{target.Port}\"", StringComparison.Ordinal);
    }

    private static async Task<RealRsyslog> StartAsync(TemporaryFolder folder, Analyst analyst, string first)
    {
        var work = Directory.CreateDirectory(folder["rsyslog-work"]).FullName;
        return RealRsyslog.Start(folder["rsyslog"], RealRsyslog.ArticleConfiguration(folder["audit.log"], await analyst.AddressOfAsync("article"), work, first));
    }

    private static bool IsCut(JsonElement row) => row.GetProperty("integrity").GetString() == "truncated-by-sender";
}
