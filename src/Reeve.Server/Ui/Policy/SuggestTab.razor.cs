using Microsoft.AspNetCore.Components;
using Reeve.Audit.Findings;
using Reeve.Detection.Policy.Suggestion;
using Reeve.Server.Policies;
using Reeve.Server.Ui.Components;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Ui.Policy;

/// <summary>A policy that would be better.</summary>
public sealed partial class SuggestTab
{
    private const int MostNamed = 8;

    private FindingLevel _keep = FindingLevel.Medium;
    private Suggested? _shown;
    private bool _isNothing;
    private int _percent;
    private string _doing = "";

    /// <summary>Time and cluster.</summary>
    [Parameter, EditorRequired]
    public PolicyAddress Address { get; set; } = default!;

    /// <summary>The zone of the times.</summary>
    [Parameter, EditorRequired]
    public DisplayZone Zone { get; set; } = DisplayZone.Utc;

    /// <summary>The person takes the suggestion into the editor.</summary>
    [Parameter]
    public EventCallback<string> OnTake { get; set; }

    /// <summary>The person saves it.</summary>
    [Parameter]
    public EventCallback<string> OnDownload { get; set; }

    [CascadingParameter]
    internal TrafficShelf Shelf { get; set; } = default!;

    [Inject]
    private PolicyWorkbench Workbench { get; set; } = default!;

    private Task AskAsync() => WorkAsync(async ct =>
    {
        var keep = _keep;
        (_percent, _doing, _shown, _isNothing) = (0, "adding up the stored traffic", null, false);
        var traffic = await Shelf.GetAsync(Address, hasNames: false, ct);
        if (traffic.Read == 0)
        {
            _isNothing = true;
            return;
        }

        _doing = "waiting for a processor";
        var suggestion = await Workbench.SuggestAsync(keep, traffic, Show, ct);
        _shown = new Suggested(suggestion, SuggestionText.Write(suggestion, keep), traffic);
    });

    private Task StopAsync() => WorkAsync(_ => Task.CompletedTask);

    // It is told from another thread, and many times.
    private void Show(string doing, double part) => _ = InvokeAsync(() =>
    {
        (_doing, _percent) = (doing, (int)(100 * part));
        StateHasChanged();
    });

    private static string Price(WeakenedRule weak, double timesADay) =>
        weak.RecordsSecrets ? "needs secret values in the log"
        : VolumeWords.Cost(weak.Price, timesADay);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Weakened(DropOffer offer)
    {
        var named = offer.Weakens.OrderByDescending(rule => rule.Level).Take(MostNamed).Select(rule => $"{JsonText.Visible(rule.Title)} ({rule.Level.ToName()})");
        return string.Join(", ", named) + (offer.Weakens.Length > MostNamed ? $" and {offer.Weakens.Length - MostNamed} more" : "");
    }

    private sealed record Suggested(PolicySuggestion Suggestion, string Text, StoredTraffic Traffic);
}
