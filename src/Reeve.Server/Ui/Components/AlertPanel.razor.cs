using Microsoft.AspNetCore.Components;
using Reeve.Detection.Rules;
using Reeve.Server.Alerts;
using Reeve.Server.Alerts.Rules;
using Reeve.Server.Ui.Alerts;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Ui.Components;

/// <summary>One alert: its sentence, who and what, why the rule matched, its events, and what the rule says to do.</summary>
public sealed partial class AlertPanel
{
    private const int MostEvents = 100;

    private AlertDetails? _details;
    private (string Id, long Version)? _shown;

    /// <summary>The alert's id, from the address: anything a person may have typed.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Changes whenever an alert does.</summary>
    [Parameter, EditorRequired]
    public long Version { get; set; }

    /// <summary>What the page shows.</summary>
    [Parameter, EditorRequired]
    public AlertsAddress Address { get; set; } = default!;

    /// <summary>The zone of the times.</summary>
    [Parameter, EditorRequired]
    public DisplayZone Zone { get; set; } = DisplayZone.Utc;

    [Inject]
    private AlertReads Reads { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    // A rule that was taken away since has left its alerts, not its words.
    private Rule? Rule => _details is { Alert.Rule: var id }
        ? Rules.Current.Rules.Detections.Concat<Rule>(Rules.Current.Rules.Correlations).FirstOrDefault(rule => rule.Id == id && rule.Description.Length > 0)
        : null;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shown == (Id, Version))
            return;
        _shown = (Id, Version);
        _details = Reads.Find(Id);
    }
}
