using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using Reeve.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd;

public sealed class SourcesPageTests
{
    [Fact]
    public async Task The_line_copied_from_the_page_sends_the_first_event_and_the_page_says_so()
    {
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], []);
        var page = new SourcesPage(browser.Page, server);
        await new SearchPage(browser.Page, server).SignUpAsync();
        await page.OpenAsync();
        await Expect(page.Setup).ToContainTextAsync("Waiting for the first event");
        await browser.Page.EvaluateAsync("window.sameDocument = true");

        await page.ShowLinesAsync("curl", "prod");
        await page.Setup.GetByRole(AriaRole.Button, new() { Name = "Make a token for prod" }).ClickAsync();
        await Expect(page.Setup).ToContainTextAsync("It is shown this once");
        var line = await page.CopyAsync("bash");
        await RunAsync(line);

        await Expect(page.Setup.Locator("h2")).ToContainTextAsync($"First event from {Dns.GetHostName()}");
        await Expect(page.Groups.First).ToHaveTextAsync("prod");
        await Expect(page.Row(Dns.GetHostName()).Locator(".state")).ToHaveTextAsync("fine");
        Assert.True(await browser.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Contains("reeve_", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[line.IndexOf("reeve_", StringComparison.Ordinal)..][..20], server.LogText, StringComparison.Ordinal);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task A_sender_that_nobody_knows_is_assigned_on_the_page_and_its_next_event_belongs_to_the_cluster()
    {
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [], configuration: "sources: [{ type: syslog, name: syslog, listen: '127.0.0.1:0' }]");
        var page = new SourcesPage(browser.Page, server);
        await new SearchPage(browser.Page, server).SignUpAsync();
        await page.OpenAsync();
        var port = await PortAsync(page);

        await SendAsync(port, "one");
        await Expect(page.Row("cp-1").Locator(".state")).ToHaveTextAsync("fine");
        await Expect(page.Groups.First).ToHaveTextAsync("Not assigned to a cluster");
        await page.AssignAsync("cp-1", "prod");
        await Expect(page.Groups.First).ToHaveTextAsync("prod");
        await SendAsync(port, "two");

        await browser.Page.GotoAsync($"{server.Address}search?from=all&q=cluster%3Aprod");
        await new SearchPage(browser.Page, server).WaitForCountAsync(1);
        await browser.Page.GotoAsync($"{server.Address}search?from=all&q=cluster%3Adefault");
        await new SearchPage(browser.Page, server).WaitForCountAsync(1);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task On_a_phone_the_pages_are_as_wide_as_the_window()
    {
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [], configuration: "sources: [{ type: syslog, name: syslog, listen: '127.0.0.1:0' }]");
        var page = new SourcesPage(browser.Page, server);
        await new SearchPage(browser.Page, server).SignUpAsync();
        await page.OpenAsync();
        await SendAsync(await PortAsync(page), "one");
        await Expect(page.Row("cp-1").Locator(".state")).ToHaveTextAsync("fine");

        await browser.Page.SetViewportSizeAsync(390, 844);
        Assert.True(await page.SidewaysAsync() <= 0, "the Sources page scrolls sideways");
        await browser.Page.GotoAsync($"{server.Address}read");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Show me an example" }).ClickAsync();
        await Expect(browser.Page.Locator(".sentence")).ToContainTextAsync("kubernetes-admin created secret");
        Assert.True(await page.SidewaysAsync() <= 0, "the page that reads events scrolls sideways");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task What_is_pasted_or_dropped_is_shown_as_it_is_read_and_not_stored()
    {
        var file = Repository.Shared("data", "audit", "permissive", "a25-delete-namespace.jsonl");
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], []);
        var page = browser.Page;
        var search = new SearchPage(page, server);
        await search.SignUpAsync();
        await page.GotoAsync($"{server.Address}read");
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        var box = page.GetByLabel("What to read");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Read it" })).ToBeEnabledAsync();

        await box.FillAsync(lines[0]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await Expect(page.Locator(".read-summary")).ToContainTextAsync("1 event");
        await Expect(page.Locator(".json")).ToContainTextAsync(lines[0].Split("\"auditID\":\"")[1][..36]);

        await DropAsync(page, file);
        await Expect(page.Locator(".read-summary")).ToContainTextAsync($"{lines.Length:N0} events");
        // By keyboard: the list still moves while the box above it becomes smaller.
        await page.Locator(".read-row").Filter(new() { Has = page.Locator(".number").GetByText("2", new() { Exact = true }) }).PressAsync("Enter");
        await Expect(page.Locator("aside.panel")).ToContainTextAsync("2 of");

        await page.GotoAsync($"{server.Address}search?from=all&view=events");
        await Expect(page.Locator(".empty h2")).ToBeVisibleAsync();
        Assert.Empty(browser.Faults);
    }

    private static async Task<int> PortAsync(SourcesPage page)
    {
        await page.ShowLinesAsync("rsyslog", "prod");
        var lines = await page.CopyAsync("k8s-audit.conf");
        return int.Parse(lines.Split("port=\"")[1].Split('"')[0]);
    }

    private static async Task SendAsync(int port, string id)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var line = $$"""<182>1 2026-11-23T03:15:00Z cp-1 kube-audit - - - {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"{{id}}","stage":"ResponseComplete","requestURI":"/api/v1/pods","verb":"list","user":{"username":"alice"},"sourceIPs":["10.0.0.1"],"objectRef":{"resource":"pods","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-11-23T03:15:00.000000Z","stageTimestamp":"2026-11-23T03:15:00.000000Z"}""";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
    }

    private static async Task RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync() + await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, output);
        Assert.DoesNotContain("problem", output, StringComparison.OrdinalIgnoreCase);
    }

    // As a person drops it: the browser gives the page a list of files.
    private static async Task DropAsync(IPage page, string file)
    {
        var text = await File.ReadAllTextAsync(file);
        var dropped = await page.EvaluateHandleAsync(
            "([name, text]) => { const files = new DataTransfer(); files.items.add(new File([text], name)); return files; }",
            new[] { Path.GetFileName(file), text });
        await page.DispatchEventAsync(".read-page", "drop", new { dataTransfer = dropped });
    }
}
