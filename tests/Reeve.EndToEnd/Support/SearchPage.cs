using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd.Support;

/// <summary>What a person sees and does on the pages, in their order.</summary>
internal sealed class SearchPage(IPage page, ReeveProcess server)
{
    /// <summary>How many events or requests the page says there are.</summary>
    public ILocator Count => page.Locator(".search-count");

    /// <summary>The rows in sight.</summary>
    public ILocator Rows => page.Locator("table.events tr.row");

    /// <summary>The opened event.</summary>
    public ILocator Panel => page.Locator("aside.panel");

    /// <summary>Opens the one-time link and creates the administrator.</summary>
    public async Task SignUpAsync()
    {
        Assert.NotNull(server.WelcomeLink);
        await page.GotoAsync(server.WelcomeLink.ToString());
        await page.GetByLabel("User").FillAsync(Analyst.User);
        await page.Locator("#password").FillAsync(Analyst.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create and sign in" }).ClickAsync();
        await WaitUntilAliveAsync();
    }

    /// <summary>Signs out by the menu.</summary>
    public async Task SignOutAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Menu of {Analyst.User}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    /// <summary>Signs in by user and password.</summary>
    public async Task SignInAsync()
    {
        await page.GetByLabel("User").FillAsync(Analyst.User);
        await page.Locator("#password").FillAsync(Analyst.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await WaitUntilAliveAsync();
    }

    /// <summary>Chooses all time in the time picker.</summary>
    public async Task ShowAllTimeAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Time range:" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All time", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Time range: All time" })).ToBeVisibleAsync();
    }

    /// <summary>Types a filter and presses Enter.</summary>
    public async Task FilterAsync(string text)
    {
        var box = page.GetByLabel("Filter", new() { Exact = true });
        await box.FillAsync(text);
        await box.PressAsync("Enter");
    }

    /// <summary>Waits until the page says this number.</summary>
    public Task WaitForCountAsync(int count) =>
        Expect(Count).ToHaveTextAsync(count.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>Opens every branch of the opened event's JSON, and every string that is shown in part.</summary>
    public async Task ShowWholeJsonAsync()
    {
        var json = Panel.Locator(".json");
        await Expect(json).ToBeVisibleAsync();
        var open = json.Locator("[aria-expanded=true]");
        var closed = json.Locator("[aria-expanded=false] > button.twist");
        while (await closed.CountAsync() > 0)
        {
            var before = await open.CountAsync();
            await closed.First.ClickAsync();
            await Expect(open).ToHaveCountAsync(before + 1);
        }

        var cut = json.GetByRole(AriaRole.Button, new() { Name = "show all" });
        while (await cut.CountAsync() is > 0 and var left)
        {
            await cut.First.ClickAsync();
            await Expect(cut).ToHaveCountAsync(left - 1);
        }
    }

    /// <summary>The names and the values at the ends of the opened event's JSON, as shown, from the top.</summary>
    public Task<string[]> JsonPartsAsync() =>
        Panel.Locator(".json").EvaluateAsync<string[]>("tree => [...tree.querySelectorAll('.k, .s, .n, .w')].map(part => part.textContent)");

    // Before its first answer a page is markup only, which is replaced as soon as it is alive. The first page is the Overview.
    private async Task WaitUntilAliveAsync()
    {
        await Expect(page.Locator(".tile-value, .empty").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Search", Exact = true }).ClickAsync();
        await Expect(Count).ToBeVisibleAsync();
    }
}
