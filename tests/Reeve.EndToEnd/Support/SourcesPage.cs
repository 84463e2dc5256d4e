using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd.Support;

/// <summary>What a person sees and does on the Sources page.</summary>
internal sealed class SourcesPage(IPage page, ReeveProcess server)
{
    /// <summary>The lines to set a sender up with.</summary>
    public ILocator Setup => page.Locator("section.setup");

    /// <summary>Names of the groups of senders and of the other tables, from the top.</summary>
    public ILocator Groups => page.Locator("section.senders h2");

    /// <summary>Opens the page.</summary>
    public async Task OpenAsync()
    {
        await page.GotoAsync($"{server.Address}sources");
        await WaitUntilAliveAsync(Setup.Or(page.GetByRole(AriaRole.Button, new() { Name = "Add a source" })).First);
    }

    /// <summary>The row of a host.</summary>
    public ILocator Row(string host) => page.Locator("section.senders tbody tr").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = host, Exact = true }) });

    /// <summary>Shows the lines of one way of delivery for a cluster.</summary>
    public async Task ShowLinesAsync(string way, string cluster)
    {
        // A click at the moment in which the page is drawn anew reaches nobody; a person clicks again.
        var tab = Setup.GetByRole(AriaRole.Tab, new() { Name = way });
        for (var again = 0; again < 200 && await tab.GetAttributeAsync("aria-selected") != "true"; again++)
        {
            await tab.ClickAsync();
            await page.WaitForTimeoutAsync(250);
        }

        await Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
        await Setup.GetByLabel("Cluster").FillAsync(cluster);
    }

    /// <summary>Copies the lines of that title by their button, and reads them from the clipboard.</summary>
    public async Task<string> CopyAsync(string title)
    {
        var block = page.Locator("figure.copy-block").Filter(new() { HasText = title });
        await block.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Expect(block.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        return await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
    }

    /// <summary>Assigns the sender of a row to a cluster.</summary>
    public async Task AssignAsync(string host, string cluster)
    {
        await Row(host).GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        var form = page.Locator("form.assign");
        await form.GetByLabel("Cluster", new() { Exact = true }).FillAsync(cluster);
        await form.GetByRole(AriaRole.Button, new() { Name = "Assign", Exact = true }).ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
    }

    /// <summary>By how many pixels the page is wider than the window.</summary>
    public Task<int> SidewaysAsync() => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");

    // Before it is alive the page is markup that is replaced.
    private static Task WaitUntilAliveAsync(ILocator found) => Expect(found).ToBeVisibleAsync();
}
