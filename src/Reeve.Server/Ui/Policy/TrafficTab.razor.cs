using Microsoft.AspNetCore.Components;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Server.Policies;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Ui.Policy;

/// <summary>What the policy would have recorded of the stored traffic.</summary>
public sealed partial class TrafficTab
{
    private const int MostDifferences = 20;

    private (PolicyDraft Draft, PolicyAddress Address, int Version, PolicyDraft? Baseline)? _asked;
    private Simulation? _shown;
    private PolicyDraft? _baseline;
    private IReadOnlyList<string> _gaps = [];

    /// <summary>Time and cluster.</summary>
    [Parameter, EditorRequired]
    public PolicyAddress Address { get; set; } = default!;

    /// <summary>The zone of the times.</summary>
    [Parameter, EditorRequired]
    public DisplayZone Zone { get; set; } = DisplayZone.Utc;

    /// <summary>Grows when the traffic is to be read again.</summary>
    [Parameter]
    public int Version { get; set; }

    [CascadingParameter]
    internal TrafficShelf Shelf { get; set; } = default!;

    [Inject]
    private PolicyWorkbench Workbench { get; set; } = default!;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        var now = (Draft, Address with { Tab = default, LocalTime = false }, Version, _baseline);
        if (!IsOpen || Draft.Policy is null || _asked == now)
            return Task.CompletedTask;
        _asked = now;
        return AskAsync();
    }

    private Task AskAsync() => WorkAsync(async ct =>
    {
        var draft = Draft;
        if (draft.Policy is not { } policy)
            return;
        var first = _baseline?.Policy ?? policy;
        var traffic = await Shelf.GetAsync(Address, first.HasNames || policy.HasNames, ct);
        var comparison = await Workbench.CompareAsync(first, policy, traffic, ct);
        var gaps = await Task.Run(() => TrafficGaps.Of(traffic.Traffic).ToList(), ct);
        ct.ThrowIfCancellationRequested();
        (_shown, _gaps) = (new Simulation(draft, traffic, comparison), gaps);
    });

    private Task KeepBaselineAsync()
    {
        _baseline = _shown?.Draft;
        return OnParametersSetAsync();
    }

    private Task ForgetBaselineAsync()
    {
        _baseline = null;
        return OnParametersSetAsync();
    }

    private static IEnumerable<RuleForecast> Rows(AuditPolicy policy, PolicyForecast forecast) =>
        forecast.Rules.Where(rule => rule.Rule < policy.Rules.Length && (rule.Rule != PolicyDecision.NoRule || rule.Decided.Events > 0));

    private static IEnumerable<(string What, List<PolicyDifference> Differences)> Differences(PolicyComparison comparison) =>
        [("Lost", [.. comparison.Differences.Where(each => each.IsLoss)]), ("Gained", [.. comparison.Differences.Where(each => each.IsGain)])];

    private static string Recorded(AuditLevel level, AuditStages stages) =>
        stages == AuditStages.None ? "nothing" : stages == AuditStages.All ? level.ToString() : $"{level} without {string.Join(", ", (AuditStages.All & ~stages).Each())}";

    private static string Width(RuleForecast rule, PolicyForecast forecast)
    {
        var most = forecast.Rules.Max(other => other.Volume.Bytes);
        return FormattableString.Invariant($"{(most > 0 ? 100 * rule.Volume.Bytes / most : 0):0.0}%");
    }

    private static string Change(double now, double before) => before <= 0 ? "–"
        : (now / before) - 1 is var change && Math.Abs(change) < 0.005 ? "the same"
        : $"{(change > 0 ? "+" : "−")}{Math.Abs(change).ToString("0 %", System.Globalization.CultureInfo.InvariantCulture)}";

    private sealed record Simulation(PolicyDraft Draft, StoredTraffic Traffic, PolicyComparison Comparison);
}
