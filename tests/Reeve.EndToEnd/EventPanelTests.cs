using System.Text.Json;
using Microsoft.Playwright;
using Reeve.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd;

public sealed class EventPanelTests
{
    [Fact]
    public async Task An_opened_exec_tells_who_ran_what_by_which_right_and_for_how_long()
    {
        using var data = new TemporaryFolder();
        data.Write("logs/audit.log", Stage("RequestReceived", "00.000000", 0) + Stage("ResponseStarted", "00.020000", 101) + Stage("ResponseComplete", "12.520000", 101)
            + Stage("ResponseComplete", "00.000000", 101).Replace("command=-c", "command=-e", StringComparison.Ordinal));
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [data["logs"]]);
        var page = browser.Page;
        var search = new SearchPage(page, server);

        await search.SignUpAsync();
        await search.ShowAllTimeAsync();
        await search.WaitForCountAsync(2);
        await search.FilterAsync("command:*-c* tool:kubectl role:debugger");
        await search.WaitForCountAsync(1);
        await search.Rows.First.Locator("td.time a").ClickAsync();

        var stages = search.Panel.Locator(".stages li");
        await Expect(search.Panel.Locator(".sentence")).ToContainTextAsync("service account ci/deployer ran “sh -c cat /run/token” in pod web-1");
        await Expect(search.Panel.Locator(".timing")).ToHaveTextAsync("Answered after 20 ms; the session lasted 12.5 s.");
        await Expect(stages.Locator("bdi")).ToHaveTextAsync(["RequestReceived", "ResponseStarted 101", "ResponseComplete 101"]);
        await Expect(stages.Locator(".since")).ToHaveTextAsync(["", "+20 ms", "+12.5 s"]);
        await Expect(stages.Nth(1)).ToHaveAttributeAsync("aria-current", "true");
        await CheckApiAsync(page, stages);
        await stages.Nth(2).GetByRole(AriaRole.Link, new() { Name = "ResponseComplete 101", Exact = true }).ClickAsync();
        await Expect(stages.Nth(2)).ToHaveAttributeAsync("aria-current", "true");
        await Expect(search.Panel.Locator(".json")).ToContainTextAsync("ResponseComplete");
        await page.GetByLabel("Filter for credential JTI=1f0e7c3a-9d4b-4c9e-8a31-2b7f5d6c8e90").ClickAsync();
        await search.WaitForCountAsync(1);
        await Expect(page.GetByLabel("Filter", new() { Exact = true })).ToHaveValueAsync(
            "command:*-c* tool:kubectl role:debugger credential:\"JTI=1f0e7c3a-9d4b-4c9e-8a31-2b7f5d6c8e90\"");
        Assert.Empty(browser.Faults);
    }

    // What the link of a stage answers, asked with the person's own session.
    private static async Task CheckApiAsync(IPage page, ILocator stages)
    {
        var link = await stages.Nth(0).GetByRole(AriaRole.Link, new() { Name = "JSON of RequestReceived" }).GetAttributeAsync("href");
        var answer = JsonElement.Parse(await page.EvaluateAsync<string>("address => fetch(address).then(answer => answer.text())", link));
        var ids = answer.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("id").GetString()!).ToList();

        Assert.Equal(3, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("/api/v1/events/" + ids[0], link);
        Assert.Equal("RequestReceived", answer.GetProperty("event").GetProperty("raw").GetProperty("stage").GetString());
        Assert.Equal("sh -c cat /run/token", answer.GetProperty("event").GetProperty("command").GetString());
        Assert.Equal("JTI=1f0e7c3a-9d4b-4c9e-8a31-2b7f5d6c8e90", answer.GetProperty("event").GetProperty("credential")[0].GetString());
        Assert.Equal(12_500, answer.GetProperty("timing").GetProperty("sessionMs").GetDouble());
        Assert.Equal(20, answer.GetProperty("timing").GetProperty("answeredMs").GetDouble());
    }

    private static string Stage(string stage, string seconds, int code)
    {
        var audit = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["kind"] = "Event",
            ["apiVersion"] = "audit.k8s.io/v1",
            ["level"] = "Metadata",
            ["auditID"] = "5d0c2b1e-6f7a-4c8d-9e3b-1a2f4c6d8e0b",
            ["stage"] = stage,
            ["requestURI"] = "/api/v1/namespaces/shop/pods/web-1/exec?command=sh&command=-c&command=cat+%2Frun%2Ftoken&container=web&stdin=true&stdout=true&tty=true",
            ["verb"] = "get",
            ["user"] = new
            {
                username = "system:serviceaccount:ci:deployer",
                groups = new[] { "system:serviceaccounts", "system:authenticated" },
                extra = new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    ["authentication.kubernetes.io/credential-id"] = ["JTI=1f0e7c3a-9d4b-4c9e-8a31-2b7f5d6c8e90"],
                    ["authentication.kubernetes.io/node-name"] = ["worker-3"],
                    ["authentication.kubernetes.io/pod-name"] = ["runner-1"],
                },
            },
            ["sourceIPs"] = new[] { "10.0.0.9" },
            ["userAgent"] = "kubectl/v1.33.1 (linux/amd64) kubernetes/8adc0f0",
            ["objectRef"] = new { resource = "pods", @namespace = "shop", name = "web-1", apiVersion = "v1", subresource = "exec" },
            ["requestReceivedTimestamp"] = "2026-11-23T03:15:00.000000Z",
            ["stageTimestamp"] = $"2026-11-23T03:15:{seconds}Z",
        };
        if (code > 0)
        {
            audit["responseStatus"] = new { code };
            audit["annotations"] = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["authorization.k8s.io/decision"] = "allow",
                ["authorization.k8s.io/reason"] = "RBAC: allowed by RoleBinding \"debuggers/shop\" of Role \"debugger\" to ServiceAccount \"deployer/ci\"",
            };
        }

        return JsonSerializer.Serialize(audit) + "\n";
    }
}
