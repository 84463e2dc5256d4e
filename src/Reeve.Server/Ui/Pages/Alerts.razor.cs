using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Reeve.Audit.Findings;
using Reeve.Server.Alerts;
using Reeve.Server.Alerts.Rules;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Alerts;
using Reeve.Server.Ui.Components;
using Reeve.Server.Ui.Reads;

namespace Reeve.Server.Ui.Pages;

/// <summary>The Alerts page: what rules found, to be looked at, closed and opened again.</summary>
public sealed partial class Alerts(
    NavigationManager navigation, IStoreProgress store, SourceRegistry sources, TimeProvider clock, IJSRuntime script)
    : LivePage(navigation, store, sources, clock, script)
{
    private const int Step = 200;

    private AlertsAddress _address = new();
    private IReadOnlyList<StoredAlert> _alerts = [];
    private IReadOnlyDictionary<FindingLevel, long> _counts = new Dictionary<FindingLevel, long>();
    private IReadOnlyList<string> _clusters = [];
    private LoadedRules? _rules;
    private string _text = "";
    private long _total;
    private long _version;
    private int _limit = Step;
    private bool _hasMore;
    private bool _hasAny;

    /// <inheritdoc/>
    protected override string Path => AlertsAddress.Path;

    /// <inheritdoc/>
    protected override bool IsLocalTime => _address.LocalTime;

    [Inject]
    private AlertReads Reads { get; set; } = default!;

    [Inject]
    private AlertStore Kept { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    private AlertsAddress Unopened => _address with { AlertId = null };

    private bool IsUnfiltered => _address with { AlertId = null, LocalTime = false } == new AlertsAddress();

    private string RuleCount => Rules.Current.Count switch { 0 => "No rule runs", 1 => "One rule runs", var count => $"{count:N0} rules run" };

    private IReadOnlyList<BarRow> Levels =>
        [.. AlertWords.Levels.Reverse().Select(level => new BarRow(LevelName(level), 0, (Unopened with { MinLevel = level }).ToString()))];

    private IReadOnlyList<BarRow> Clusters =>
    [
        new("all", 0, (Unopened with { Cluster = null }).ToString()),
        .. _clusters.Select(cluster => new BarRow(cluster, 0, (Unopened with { Cluster = cluster }).ToString())),
    ];

    /// <inheritdoc/>
    protected override bool Open(string address)
    {
        var before = _address;
        _address = AlertsAddress.Parse(address);
        _text = _address.Text;
        if (before with { AlertId = _address.AlertId } != _address)
            _limit = Step;
        Refresh();
        return false;
    }

    /// <inheritdoc/>
    protected override Func<CancellationToken, Task>? Question(bool isFollowing) => null;

    /// <inheritdoc/>
    protected override bool OnTick()
    {
        // Whatever the person did themselves shows, paused or not.
        if (_version == Kept.Version && ReferenceEquals(_rules, Rules.Current))
            return false;
        if (IsPaused && _address.AlertId is null)
            return false;
        Refresh();
        return true;
    }

    private static string LevelName(FindingLevel level) => level switch
    {
        FindingLevel.Informational => "all",
        FindingLevel.Critical => "critical",
        _ => $"{level.ToName()} or graver",
    };

    private static string Current(bool isCurrent) => isCurrent ? "true" : "false";

    private void Refresh()
    {
        (_version, _rules) = (Kept.Version, Rules.Current);
        var query = _address.Query(Now) with { Limit = Math.Min(_limit, AlertQuery.MostRows) };
        var page = Reads.List(query);
        _alerts = page.Alerts;
        _hasMore = page.Next is not null && _limit < AlertQuery.MostRows;
        _counts = Reads.Count(query);
        _total = _counts.Values.Sum();
        _clusters = Reads.Clusters();
        _hasAny = _clusters.Count > 0;
    }

    private void More()
    {
        _limit += Step;
        Refresh();
    }

    private void Find() => Navigation.NavigateTo((Unopened with { Text = _text.Trim() }).ToString());
}
