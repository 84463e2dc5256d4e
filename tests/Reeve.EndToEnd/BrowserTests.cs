using System.Text.Json;
using Microsoft.Playwright;
using Reeve.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd;

public sealed class BrowserTests
{
    [Fact]
    public async Task A_person_signs_up_and_finds_who_deleted_what_in_real_logs()
    {
        var folder = Repository.Shared("data", "audit", "permissive");
        var logs = RawLogs.Of(folder);
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [folder]);
        var page = browser.Page;
        var search = new SearchPage(page, server);

        await search.SignUpAsync();
        await search.SignOutAsync();
        await search.SignInAsync();
        await search.ShowAllTimeAsync();
        await search.WaitForCountAsync(logs.Requests(_ => true));
        await search.FilterAsync("user:kubernetes-admin verb:delete");
        await search.WaitForCountAsync(logs.Requests(IsDeletedByAdmin));

        var rows = await search.Rows.AllAsync();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            Assert.Equal("kubernetes-admin", await row.Locator("td.actor").TextContentAsync());
            Assert.Equal("delete", await row.Locator("td.verb").TextContentAsync());
        }

        var list = page.Url;
        await search.Rows.First.Locator("td.time a").ClickAsync();
        await Expect(search.Panel.Locator(".sentence")).ToContainTextAsync("kubernetes-admin deleted");
        await search.ShowWholeJsonAsync();
        await CheckJsonAsync(search, logs);

        await page.GoBackAsync();
        await Expect(search.Panel).ToHaveCountAsync(0);
        Assert.Equal(list, page.Url);
        await search.WaitForCountAsync(logs.Requests(IsDeletedByAdmin));
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task A_wrong_filter_is_answered_with_the_column_of_the_mistake()
    {
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], []);
        var search = new SearchPage(browser.Page, server);

        await search.SignUpAsync();
        await search.FilterAsync("verb:delete usr:alice");

        var error = browser.Page.Locator("#filter-error");
        await Expect(error).ToContainTextAsync("Column 13: found the unknown field 'usr', expected 'user'.");
        await Expect(browser.Page.GetByLabel("Filter", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await search.FilterAsync("verb:delete user:alice");
        await Expect(error).ToHaveCountAsync(0);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task A_server_without_a_source_says_what_to_do()
    {
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], []);

        await new SearchPage(browser.Page, server).SignUpAsync();

        await Expect(browser.Page.Locator(".empty h2")).ToHaveTextAsync("No source is configured yet");
        await Expect(browser.Page.Locator(".empty code")).ToContainTextAsync("reeve serve ");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Markup_in_an_event_is_shown_and_never_runs()
    {
        const string image = "<img src=x onerror=\"window.hurt=1;alert(1)\">";
        const string script = "</script><script>window.hurt=1;alert(1)</script>";
        using var data = new TemporaryFolder();
        data.Write("logs/audit.log", HostileEvent(image, script) + "\n");
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [data["logs"]]);
        var page = browser.Page;
        var search = new SearchPage(page, server);

        await search.SignUpAsync();
        await search.ShowAllTimeAsync();
        await search.WaitForCountAsync(1);
        await Expect(search.Rows.Locator("td.actor")).ToHaveTextAsync(image);
        await Expect(search.Rows.Locator("td.resource")).ToContainTextAsync(script);
        await search.Rows.Locator("td.time a").ClickAsync();
        await search.ShowWholeJsonAsync();
        Assert.Equal(RawLogs.Parts(JsonElement.Parse(HostileEvent(image, script))), await search.JsonPartsAsync());
        await page.GetByLabel($"Filter for user {image}").ClickAsync();
        await search.WaitForCountAsync(1);
        await page.GotoAsync($"{server.Address}search?from=all&q={Uri.EscapeDataString($"\"{script.Replace("\"", "\\\"", StringComparison.Ordinal)}\" {image}")}&event={Uri.EscapeDataString(image)}");
        await Expect(page.Locator(".filter-error, .empty").First).ToBeVisibleAsync();

        Assert.False(await page.EvaluateAsync<bool>("'hurt' in window"));
        Assert.Equal(0, await page.Locator("img[src=x]").CountAsync());
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Lines_appended_to_a_followed_file_appear_without_a_reload()
    {
        using var data = new TemporaryFolder();
        data.Write("logs/audit.log", Event("00000000-0000-0000-0000-000000000000"));
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [data["logs"]]);
        var search = new SearchPage(browser.Page, server);

        await search.SignUpAsync();
        await search.ShowAllTimeAsync();
        await search.WaitForCountAsync(1);
        await browser.Page.EvaluateAsync("window.sameDocument = true");
        await File.AppendAllTextAsync(data["logs/audit.log"], string.Concat(Enumerable.Range(1, 40).Select(i => Event($"00000000-0000-0000-0000-{i:D12}"))), TestContext.Current.CancellationToken);

        await search.WaitForCountAsync(41);
        Assert.True(await browser.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task What_a_page_must_not_do_is_noticed_by_these_tests()
    {
        await using var browser = await Chromium.StartAsync();

        await browser.Page.EvaluateAsync("() => { console.error('told'); alert('asked'); return fetch('http://localhost:1/').catch(() => 0); }");

        Assert.Contains("console: told", browser.Faults);
        Assert.Contains("dialog: asked", browser.Faults);
        Assert.Contains("other host: http://localhost:1/", browser.Faults);
        Assert.Contains(browser.Faults, fault => fault.StartsWith("failed: GET http://localhost:1/", StringComparison.Ordinal));
    }

    private static bool IsDeletedByAdmin(JsonElement audit) =>
        audit.GetProperty("verb").GetString() == "delete"
        && audit.GetProperty("user").TryGetProperty("username", out var user) && user.GetString() == "kubernetes-admin";

    private static async Task CheckJsonAsync(SearchPage search, RawLogs logs)
    {
        var shown = await search.JsonPartsAsync();
        string Value(string name) => shown[Array.IndexOf(shown, name) + 1].Trim('"');
        var line = Assert.Single(logs.Lines(Value("auditID"), Value("stage")).Distinct());
        Assert.Equal(RawLogs.Parts(JsonElement.Parse(line)), shown);
        await search.Panel.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Expect(search.Panel.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        Assert.Equal(line, await search.Panel.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    private static string HostileEvent(string image, string script) => JsonSerializer.Serialize(new
    {
        kind = "Event",
        apiVersion = "audit.k8s.io/v1",
        level = "Metadata",
        auditID = script,
        stage = "ResponseComplete",
        requestURI = "/api/v1/namespaces/" + image,
        verb = "create",
        user = new { username = image, groups = new[] { script } },
        sourceIPs = new[] { "10.0.0.1" },
        userAgent = script,
        objectRef = new { resource = "pods", @namespace = image, name = script, apiVersion = "v1" },
        responseStatus = new { code = 403, reason = image, message = script },
        requestReceivedTimestamp = "2026-11-23T03:15:00.000000Z",
        stageTimestamp = "2026-11-23T03:15:00.100000Z",
        annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [image] = script },
    });

    private static string Event(string auditId) => $$"""
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"{{auditId}}","stage":"ResponseComplete","requestURI":"/api/v1/pods","verb":"list","user":{"username":"alice"},"sourceIPs":["10.0.0.1"],"objectRef":{"resource":"pods","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-11-23T03:15:00.000000Z","stageTimestamp":"2026-11-23T03:15:00.000000Z"}

        """;
}
