using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd.Support;

/// <summary>What a person sees on the Overview, and where it leads.</summary>
internal sealed class OverviewPage(IPage page, ReeveProcess server)
{
    /// <summary>Opens it, with what the address says besides.</summary>
    public async Task OpenAsync(string query = "?from=all")
    {
        await page.GotoAsync($"{server.Address}overview{query}");
        await Expect(page.Locator(".tile-value, .empty").First).ToBeVisibleAsync();
    }

    /// <summary>A number at the top: its link.</summary>
    public ILocator Tile(string name) =>
        page.Locator("a.tile").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) });

    /// <summary>A panel by what it says to assistive technology.</summary>
    public ILocator Panel(string name) => page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    /// <summary>A row of a panel: its link.</summary>
    public ILocator Row(string panel, string label) => Panel(panel).Locator($".bar-list a[title='{label}']");

    /// <summary>What was done to a kind of object.</summary>
    public ILocator Changes(string resource) =>
        Panel("Changes with kubectl").Locator(".lane-heads li").Filter(new() { Has = page.GetByText(resource, new() { Exact = true }) });

    /// <summary>Waits until a number at the top says this.</summary>
    public Task WaitForTileAsync(string name, int count) => Expect(Tile(name).Locator(".tile-value")).ToHaveTextAsync(Number(count));

    /// <summary>Waits until a row says this.</summary>
    public Task WaitForRowAsync(string panel, string label, int count) =>
        Expect(Row(panel, label).Locator(".bar-count")).ToHaveTextAsync(Number(count));

    /// <summary>Follows a link and comes back when the Search page says the same number.</summary>
    public async Task CheckLinkAsync(ILocator link, int count)
    {
        await link.ClickAsync();
        await WaitForSearchAsync();
        await new SearchPage(page, server).WaitForCountAsync(count);
        await page.GoBackAsync();
        await Expect(page.Locator(".tile-value").First).ToBeVisibleAsync();
    }

    /// <summary>Waits until the address is that of the Search page.</summary>
    public Task WaitForSearchAsync() => page.WaitForFunctionAsync("() => location.pathname === '/search'");

    /// <summary>A number as pages write it.</summary>
    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
