using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Reeve.Audit.Findings;
using Reeve.Audit.Sentences;
using Reeve.Server.Alerts;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Alerts;
using Reeve.Server.Ui.Components;
using Reeve.Server.Ui.Filters;
using Reeve.Server.Ui.Overview;
using Reeve.Server.Ui.Reads;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Ui.Pages;

/// <summary>The Overview: what happens in the clusters, each number a way into the events behind it.</summary>
public sealed partial class Overview(
    NavigationManager navigation,
    IOverviewReads reads,
    IEventReads events,
    IStoreProgress store,
    SourceRegistry sources,
    TimeProvider clock,
    IJSRuntime script)
    : LivePage(navigation, store, sources, clock, script)
{
    private const string AllClusters = "all";
    private const int MostRows = 8;
    private const int MostAlerts = 5;

    private readonly OverviewRunner _runner = new(reads, events, clock);
    private readonly RateHistory _rates = new(clock);
    private OverviewAddress _address = new();
    private OverviewResults? _results;
    private IReadOnlyList<StoredAlert> _alerts = [];
    private IReadOnlyDictionary<FindingLevel, long> _alertCounts = new Dictionary<FindingLevel, long>();
    private long _alertVersion;
    private DeliveryFigures _delivery = new(0, 0, 0, null, null, TimeSpan.Zero);

    /// <inheritdoc/>
    protected override string Path => OverviewAddress.Path;

    /// <inheritdoc/>
    protected override bool IsLocalTime => _address.LocalTime;

    /// <inheritdoc/>
    protected override bool IsOutdated => _address.Time is TimeSelection.Last && _results?.Figures is { } figures && Now.UtcDateTime > figures.To;

    [Inject]
    private AlertReads Alerts { get; set; } = default!;

    [Inject]
    private AlertStore KeptAlerts { get; set; } = default!;

    private OverviewLinks? Links { get; set; }

    private AlertsAddress AllAlerts => new() { Time = _address.Time, LocalTime = _address.LocalTime, Cluster = _address.Cluster };

    private IReadOnlyList<BarRow> Clusters =>
    [
        new(AllClusters, 0, (_address with { Cluster = null }).ToString()),
        .. _results?.Figures?.Clusters.Select(cluster => new BarRow(cluster.Value, cluster.Count, (_address with { Cluster = cluster.Value }).ToString())) ?? [],
    ];

    /// <inheritdoc/>
    protected override bool Open(string address)
    {
        var before = _address;
        _address = OverviewAddress.Parse(address);
        ReadAlerts();
        return !before.SameFigures(_address);
    }

    /// <inheritdoc/>
    protected override Func<CancellationToken, Task>? Question(bool isFollowing)
    {
        var address = _address;
        return async cancel =>
        {
            _results = await _runner.RunAsync(address with { LocalTime = false }, cancel);
            OnZone();
        };
    }

    /// <inheritdoc/>
    protected override void OnZone() => Links = _results?.Figures is { } figures ? new OverviewLinks(figures, _address.LocalTime) : null;

    /// <inheritdoc/>
    protected override bool OnTick()
    {
        if (IsPaused)
            return false;
        var isNews = _alertVersion != KeptAlerts.Version;
        if (isNews)
            ReadAlerts();
        var before = _delivery;
        _delivery = DeliveryFigures.Of(Sources, Senders.Snapshot(), _address.Cluster, Now);
        return isNews | _rates.Note(_delivery.EventsPerSecond) | before != _delivery;
    }

    private void ReadAlerts()
    {
        _alertVersion = KeptAlerts.Version;
        var query = AllAlerts.Query(Now) with { Limit = MostAlerts };
        (_alerts, _alertCounts) = (Alerts.Gravest(query), Alerts.Count(query));
    }

    private IReadOnlyList<BarRow> Rows(OverviewPanel panel, int most = MostRows) =>
        [.. panel.Rows.Take(most).Select(row => new BarRow(Printable.Text(row.Label), row.Count, Links!.To(row.Filter)))];

    private void Search(string text)
    {
        var filter = _address.Cluster is { } cluster && text.Length > 0 ? FilterTerm.Add(text, "cluster", cluster, exclude: false) : text;
        Navigation.NavigateTo(new SearchAddress { Filter = filter, Time = _address.Time, LocalTime = _address.LocalTime }.ToString());
    }

    private void Zoom(TimeSelection time) => Navigation.NavigateTo(_address.With(time));
}
