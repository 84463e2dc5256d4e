using Microsoft.JSInterop;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Ui;

/// <summary>The functions of <c>js/page.js</c>. A page that is gone makes them do nothing.</summary>
internal static class PageScript
{
    private const string Path = "/_content/Reeve.Server/js/page.js";

    /// <summary>The browser's time zone; null when the page is gone.</summary>
    public static async Task<DisplayZone?> TimeZoneAsync(IJSRuntime script)
    {
        try
        {
            await using var module = await script.InvokeAsync<IJSObjectReference>("import", Path);
            var zone = await module.InvokeAsync<BrowserZone>("timeZone");
            return DisplayZone.Local(zone.Name, zone.Offset);
        }
        catch (JSDisconnectedException)
        {
            return null;
        }
    }

    /// <summary>Puts text on the clipboard.</summary>
    /// <returns>False where the browser does not allow it.</returns>
    public static async Task<bool> CopyAsync(IJSRuntime script, string text)
    {
        try
        {
            await using var module = await script.InvokeAsync<IJSObjectReference>("import", Path);
            await module.InvokeVoidAsync("copy", text);
            return true;
        }
        catch (Exception problem) when (problem is JSException or JSDisconnectedException)
        {
            return false;
        }
    }

    private sealed record BrowserZone(string Name, int Offset);
}
