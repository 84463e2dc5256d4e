using Microsoft.Playwright;
using Reeve.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd;

public sealed class PolicyPageTests
{
    private const string Text = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: None\n    users: [\"<img src=x onerror=alert(1)>\"]\n  # everything\n  - level: Metadata\n";

    [Fact]
    public async Task A_policy_is_mended_explained_tried_held_against_the_rules_and_replaced_by_a_better_one()
    {
        var log = Repository.Shared("data", "audit", "permissive", "a10-exec.jsonl");
        var events = (await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken)).Length;
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], [log]);
        var page = browser.Page;
        var search = new SearchPage(page, server);
        await search.SignUpAsync();
        await page.GotoAsync($"{server.Address}search?from=all&view=events");
        await search.WaitForCountAsync(events);
        var policy = new PolicyPage(page, server);
        await policy.OpenAsync();

        await MendAsync(page, policy);
        await ExplainAsync(page, policy, (await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken))[0]);
        await policy.ShowAsync("Traffic");
        await Expect(page.Locator(".policy-table tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".told")).ToContainTextAsync($"{events:N0} events");
        await LookAtBlindAsync(page, policy);
        await SuggestAsync(page, policy);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task The_text_stays_in_the_browser_and_the_page_fits_a_phone()
    {
        using var data = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var server = await ReeveProcess.StartAsync(data["data"], []);
        var page = browser.Page;
        await new SearchPage(page, server).SignUpAsync();
        var policy = new PolicyPage(page, server);
        await policy.OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start from what is recorded now" }).ClickAsync();
        await Expect(page.Locator(".editor-empty [role=alert]")).ToContainTextAsync("Nothing was recorded");
        await page.GetByRole(AriaRole.Button, new() { Name = "From the default policy" }).ClickAsync();
        await Expect(page.Locator(".problems-head")).ToContainTextAsync("the apiserver takes them");
        var text = await policy.Editor.InputValueAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Sources" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sources", Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Policy" }).ClickAsync();
        await Expect(page.Locator(".problems-head")).ToContainTextAsync("the apiserver takes them");
        Assert.Equal(text, await policy.Editor.InputValueAsync());
        Assert.DoesNotContain("audit.k8s.io", server.LogText, StringComparison.Ordinal);

        await page.SetViewportSizeAsync(400, 860);
        foreach (var tab in new[] { "Explain", "Traffic", "Coverage", "Suggest" })
        {
            await policy.ShowAsync(tab);
            Assert.True(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth") <= 0, $"{tab} scrolls sideways");
        }

        Assert.Empty(browser.Faults);
    }

    private static async Task MendAsync(IPage page, PolicyPage policy)
    {
        await policy.Editor.FillAsync(Text.Replace("Metadata", "Metadat", StringComparison.Ordinal));
        await Expect(policy.Problems).ToContainTextAsync(["line 7:12"]);
        await Expect(policy.Problems).ToContainTextAsync(["level 'Metadat' is none of"]);
        await policy.Problems.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(policy.Editor).ToBeFocusedAsync();
        Assert.Equal((7, 12), await policy.CursorAsync());
        Assert.Equal(["7-7"], await policy.MarkedAsync("error"));

        // By keyboard, where the cursor stands now.
        for (var letter = 0; letter < "Metadat".Length; letter++)
            await page.Keyboard.PressAsync("Delete");
        await page.Keyboard.TypeAsync("Metadata");
        await Expect(page.Locator(".problems-head")).ToContainTextAsync("2 rules, the apiserver takes them");
        Assert.Equal(Text, await policy.Editor.InputValueAsync());
    }

    private static async Task ExplainAsync(IPage page, PolicyPage policy, string auditEvent)
    {
        await Expect(policy.Decision).ToContainTextAsync("Rule 2, line 7");
        await Expect(page.Locator(".passed li")).ToContainTextAsync(["its users do not include ana"]);
        Assert.Equal(["7-7"], await policy.MarkedAsync("decides"));
        await page.GetByLabel("User").FillAsync("<img src=x onerror=alert(1)>");
        await Expect(policy.Decision).ToContainTextAsync("Rule 1, line 4");
        await Expect(policy.Decision).ToContainTextAsync("Nothing is recorded");
        await page.GetByRole(AriaRole.Button, new() { Name = "An audit event" }).ClickAsync();
        await page.GetByLabel("An audit event in JSON").FillAsync(auditEvent);
        await page.GetByRole(AriaRole.Button, new() { Name = "Explain", Exact = true }).ClickAsync();
        await Expect(policy.Decision).ToContainTextAsync("Rule 2, line 7");
    }

    private static async Task LookAtBlindAsync(IPage page, PolicyPage policy)
    {
        await policy.ShowAsync("Coverage");
        await page.GetByLabel("Find a rule").FillAsync("Rights given to everybody");
        var rule = page.Locator(".coverage > .covered-list .covered");
        await Expect(rule).ToHaveCountAsync(1);
        await Expect(rule.Locator(".sight")).ToHaveTextAsync("blind");
        await rule.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(rule.Locator(".losses")).ToContainTextAsync("(rule 2), which lacks the body it looks into");
        await rule.GetByRole(AriaRole.Button, new() { Name = "Put it into the editor" }).ClickAsync();
        await Expect(rule.Locator(".sight")).ToHaveTextAsync("sees all");
        Assert.Contains("  # everything\n  - level: Metadata\n", await policy.Editor.InputValueAsync(), StringComparison.Ordinal);
    }

    private static async Task SuggestAsync(IPage page, PolicyPage policy)
    {
        await policy.ShowAsync("Suggest");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suggest a policy" }).ClickAsync();
        var take = page.GetByRole(AriaRole.Button, new() { Name = "Take it into the editor" });
        await Expect(take).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Expect(page.Locator(".weak .covered").First).ToBeVisibleAsync();
        var suggested = await page.Locator("#panel-Suggest pre").First.TextContentAsync();
        await take.ClickAsync();
        await Expect(policy.Editor).ToHaveValueAsync(suggested!);
        await Expect(page.Locator(".problems-head")).ToContainTextAsync("the apiserver takes them");
        var (name, text) = await policy.DownloadAsync(page.Locator(".editor-bar").GetByRole(AriaRole.Button, new() { Name = "Download" }));
        Assert.Equal(("audit-policy.yaml", suggested), (name, text));
    }
}
