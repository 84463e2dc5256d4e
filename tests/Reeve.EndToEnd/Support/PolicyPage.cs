using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd.Support;

/// <summary>What a person sees and does on the Policy page.</summary>
internal sealed class PolicyPage(IPage page, ReeveProcess server)
{
    /// <summary>The editor.</summary>
    public ILocator Editor => page.GetByLabel("audit-policy.yaml");

    /// <summary>What is wrong with the policy, one each.</summary>
    public ILocator Problems => page.Locator(".policy-problems li");

    /// <summary>What decides the request.</summary>
    public ILocator Decision => page.Locator(".decision");

    /// <summary>Opens the page for all stored traffic.</summary>
    public async Task OpenAsync()
    {
        await page.GotoAsync($"{server.Address}policy?from=all");
        await WaitUntilAliveAsync();
    }

    /// <summary>Waits until the editor works: what stands in it, or that nothing does, was told to the server and came back.</summary>
    public Task WaitUntilAliveAsync() => Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No policy yet" }).Or(page.Locator(".problems-head"))).ToBeVisibleAsync();

    /// <summary>Shows a tab.</summary>
    public async Task ShowAsync(string tab)
    {
        await page.Locator($"#tab-{tab}").ClickAsync();
        await Expect(page.Locator($"#panel-{tab}")).ToBeVisibleAsync();
    }

    /// <summary>The line in which the cursor stands, from 1, and the column.</summary>
    public async Task<(int Line, int Column)> CursorAsync()
    {
        var before = (await Editor.EvaluateAsync<string>("box => box.value.slice(0, box.selectionStart)")).Split('\n');
        return (before.Length, before[^1].Length + 1);
    }

    /// <summary>The lines that are marked so.</summary>
    public Task<string[]> MarkedAsync(string kind) => page.Locator($".mark.{kind}").EvaluateAllAsync<string[]>(
        "marks => marks.map(mark => `${parseFloat(mark.style.top) / 20 + 1}-${(parseFloat(mark.style.top) + parseFloat(mark.style.height)) / 20}`)");

    /// <summary>Saves what stands in the editor and reads it back from the disk.</summary>
    public async Task<(string Name, string Text)> DownloadAsync(ILocator button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        return (download.SuggestedFilename, await File.ReadAllTextAsync(await download.PathAsync()));
    }
}
