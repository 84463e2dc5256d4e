using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Reeve.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd;

public sealed class OverviewTests
{
    [Fact]
    public async Task The_numbers_of_real_logs_are_those_of_the_files_and_each_leads_to_its_events()
    {
        var folder = Repository.Shared("data", "audit", "permissive");
        var logs = RawLogs.Of(folder);
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [folder]);
        var overview = new OverviewPage(browser.Page, server);
        await new SearchPage(browser.Page, server).SignUpAsync();
        await overview.OpenAsync();

        await overview.WaitForTileAsync("Requests", logs.Requests(_ => true));
        await overview.WaitForTileAsync("Denied", logs.Requests(IsForbidden));
        await overview.WaitForTileAsync("Failed sign-ins", logs.Requests(audit => Code(audit) == 401));
        await overview.CheckLinkAsync(overview.Tile("Denied"), logs.Requests(IsForbidden));
        foreach (var (panel, label, fits) in new (string, string, Func<JsonElement, bool>)[]
        {
            ("Most active", "alice", audit => Actor(audit) == "alice"),
            ("Namespaces", "webshop", audit => Object(audit, "namespace") == "webshop"),
            ("Tools", "kubectl", audit => Text(audit, "userAgent").StartsWith("kubectl/", StringComparison.Ordinal)),
            ("Denied, by address", "127.0.66.1", audit => IsForbidden(audit) && audit.GetProperty("sourceIPs")[0].GetString() == "127.0.66.1"),
        })
        {
            await overview.WaitForRowAsync(panel, label, logs.Requests(fits));
            await overview.CheckLinkAsync(overview.Row(panel, label), logs.Requests(fits));
        }

        await CheckChangesAsync(overview, logs);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task A_bar_leads_to_the_events_of_its_time()
    {
        using var data = new TemporaryFolder();
        data.Write("logs/audit.log", string.Concat(Enumerable.Range(0, 12).Select(i => Event(i, At(i)))));
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [data["logs"]]);
        var page = browser.Page;
        var overview = new OverviewPage(page, server);
        await new SearchPage(page, server).SignUpAsync();
        await overview.OpenAsync();
        await overview.WaitForTileAsync("Requests", 12);

        var requests = overview.Panel("Requests over time by kind");
        await requests.GetByRole(AriaRole.Button, new() { Name = "Requests over time as a table" }).ClickAsync();
        var newest = requests.Locator("tbody a").First;
        await overview.CheckLinkAsync(newest, int.Parse((await newest.TextContentAsync())!, CultureInfo.InvariantCulture));

        var canvas = requests.Locator("[aria-busy=false] canvas");
        await Expect(canvas).ToBeVisibleAsync();
        var box = (await canvas.BoundingBoxAsync())!;
        await canvas.ClickAsync(new() { Position = new() { X = box.Width / 2, Y = box.Height / 2 } });
        await overview.WaitForSearchAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Time range: 2026-11-23" })).ToBeVisibleAsync();
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task New_events_change_the_numbers_in_place()
    {
        using var data = new TemporaryFolder();
        data.Write("logs/audit.log", Event(0, At(0)));
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [data["logs"]]);
        var page = browser.Page;
        var overview = new OverviewPage(page, server);
        await new SearchPage(page, server).SignUpAsync();
        await overview.OpenAsync();
        await overview.WaitForTileAsync("Requests", 1);
        await Expect(page.Locator("[aria-busy=false] canvas").First).ToBeVisibleAsync();
        await page.EvaluateAsync("""
            () => {
              window.canvas = document.querySelector("canvas");
              window.moved = [];
              // A text that grows within its own element moves nothing.
              const elements = (entry) => entry.sources.map((source) => source.node).filter((node) => node?.nodeType === Node.ELEMENT_NODE);
              new PerformanceObserver((list) => window.moved.push(...list.getEntries().flatMap(elements).map((node) => node.outerHTML.slice(0, 80))))
                .observe({ type: "layout-shift" });
            }
            """);

        for (var i = 1; i <= 40; i += 10)
        {
            await File.AppendAllTextAsync(data["logs/audit.log"], string.Concat(Enumerable.Range(i, 10).Select(n => Event(n, At(0)))), TestContext.Current.CancellationToken);
            await overview.WaitForTileAsync("Requests", i + 10);
        }

        await overview.WaitForRowAsync("Most active", "alice", 41);
        Assert.True(await page.EvaluateAsync<bool>("window.canvas.isConnected"));
        Assert.Empty(await page.EvaluateAsync<string[]>("window.moved"));
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task A_phone_shows_it_without_scrolling_sideways()
    {
        using var data = new TemporaryFolder();
        data.Write("logs/audit.log", string.Concat(Enumerable.Range(0, 12).Select(i => Event(i, At(i)))));
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [data["logs"]]);
        var overview = new OverviewPage(browser.Page, server);
        await new SearchPage(browser.Page, server).SignUpAsync();
        await browser.Page.SetViewportSizeAsync(390, 844);
        await overview.OpenAsync();

        await overview.WaitForTileAsync("Requests", 12);
        await Expect(browser.Page.Locator("[aria-busy=false] canvas").First).ToBeVisibleAsync();
        var wider = await browser.Page.EvaluateAsync<string[]>("""
            () => [document.documentElement, ...document.querySelectorAll(".main, .overview")]
              .filter((element) => element.scrollWidth > element.clientWidth).map((element) => element.outerHTML.slice(0, 60))
            """);
        Assert.Empty(wider);
        Assert.Empty(browser.Faults);
    }

    private static async Task CheckChangesAsync(OverviewPage overview, RawLogs logs)
    {
        int Created(string resource) => logs.Requests(audit => User(audit) == "kubernetes-admin" && Text(audit, "verb") == "create"
            && Text(audit, "userAgent").StartsWith("kubectl", StringComparison.Ordinal) && Code(audit) is >= 200 and < 300
            && Object(audit, "resource") == resource && Object(audit, "subresource").Length == 0);
        foreach (var resource in (string[])["deployments", "services", "namespaces"])
        {
            var created = overview.Changes(resource).GetByRole(AriaRole.Link, new() { Name = "created" });
            await Expect(created).ToHaveTextAsync($"{OverviewPage.Number(Created(resource))} created");
            await overview.CheckLinkAsync(created, Created(resource));
        }
    }

    // A refused impersonation ends before the authorizer says so in an annotation; what it allowed and is 403, admission refused.
    private static bool IsForbidden(JsonElement audit) =>
        Code(audit) == 403 && !(audit.TryGetProperty("annotations", out var notes)
            && notes.TryGetProperty("authorization.k8s.io/decision", out var decision) && decision.GetString() == "allow");

    private static int Code(JsonElement audit) =>
        audit.TryGetProperty("responseStatus", out var status) && status.TryGetProperty("code", out var code) ? code.GetInt32() : 0;

    private static string User(JsonElement audit) => audit.TryGetProperty("user", out var user) ? Text(user, "username") : "";

    private static string Actor(JsonElement audit) =>
        audit.TryGetProperty("impersonatedUser", out var other) ? Text(other, "username") : User(audit);

    private static string Object(JsonElement audit, string name) => audit.TryGetProperty("objectRef", out var found) ? Text(found, name) : "";

    private static string Text(JsonElement value, string name) => value.TryGetProperty(name, out var found) ? found.GetString()! : "";

    // One event a minute, so that each is a bar of its own.
    private static string At(int minute) => $"2026-11-23T03:{minute + 10}:00.000000Z";

    private static string Event(int number, string time) => $$"""
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"00000000-0000-0000-0000-{{number:D12}}","stage":"ResponseComplete","requestURI":"/api/v1/pods","verb":"list","user":{"username":"alice"},"sourceIPs":["10.0.0.1"],"userAgent":"kubectl/v1.33.1 (linux/amd64)","objectRef":{"resource":"pods","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"{{time}}","stageTimestamp":"{{time}}"}

        """;
}
