using Reeve.Server.Ui.Filters;
using Reeve.Server.Ui.Reads;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Ui.Overview;

/// <summary>The numbers of the Overview, each by a search of its own.</summary>
internal sealed class SearchedOverview(IEventReads reads) : IOverviewReads
{
    private const string Kubectl = "agent:kubectl* subresource:(\"\" or scale) code:(>=200 and <300)";
    private const string AnyChange = Kubectl + " verb:(create or update or patch or delete or deletecollection)";
    private const int Most = 10;

    private static readonly (ObjectChange Change, string Term)[] Changes =
    [
        (ObjectChange.Created, "verb:create"), (ObjectChange.Changed, "verb:(update or patch)"), (ObjectChange.Deleted, "verb:(delete or deletecollection)"),
    ];

    /// <inheritdoc/>
    public async Task<OverviewFigures> ReadAsync(OverviewRequest request, CancellationToken cancellationToken)
    {
        var range = new TimeRange(Minute(request.From), Minute(request.To.AddTicks(TimeSpan.TicksPerMinute - 1)));
        var all = request.Cluster is null ? "" : FilterTerm.Add("", "cluster", request.Cluster, exclude: false);
        EventQuery Query(string filter) => new(QueryParser.TryParse(filter, out var tree, out _) ? tree : null, range);
        async Task<OverviewPanel> PanelAsync(string filter, string by)
        {
            var found = await reads.StatsAsync(Query(filter), by, Most, cancellationToken);
            return new OverviewPanel(found.Total, filter, [.. found.Values.Select(value =>
                new OverviewRow(value.Value.Length == 0 ? "(none)" : value.Value, [value.Value], value.Count, FilterTerm.Add(filter, by, value.Value, exclude: false)))]);
        }
        var total = await reads.StatsAsync(Query(all), by: null, top: 1, cancellationToken);
        return new OverviewFigures
        {
            From = range.From!.Value,
            To = range.To!.Value,
            Cluster = request.Cluster,
            Requests = new OverviewCount(total.Total, all),
            Unreadable = new OverviewCount(0, ""),
            Categories = await reads.HistogramAsync(Query(all), request.Buckets, cancellationToken),
            Actors = await PanelAsync(all, "actor"),
            Namespaces = await PanelAsync(all, "ns"),
            Tools = await PanelAsync(all, "agent"),
            Denied = await PanelAsync($"{all} code:403 decision:forbid".Trim(), "ip"),
            FailedAuthentications = await PanelAsync($"{all} code:401".Trim(), "ip"),
            Secrets = await PanelAsync($"{all} resource:secrets".Trim(), "name"),
            Interactive = await PanelAsync($"{all} category:interactive-access".Trim(), "actor"),
            Changes = await ChangesAsync(request, all, Query, cancellationToken),
            Clusters = (await reads.StatsAsync(Query(""), "cluster", 100, cancellationToken)).Values,
        };
    }

    private async Task<OverviewChanges> ChangesAsync(OverviewRequest request, string all, Func<string, EventQuery> query, CancellationToken cancel)
    {
        var filter = FilterTerm.Add($"{all} {AnyChange}".Trim(), "actor", request.ChangesActor, exclude: false);
        var kinds = await reads.StatsAsync(query(filter), "resource", Most, cancel);
        var series = new List<OverviewSeries>();
        foreach (var kind in kinds.Values)
        {
            foreach (var (change, term) in Changes)
            {
                var part = $"{FilterTerm.Add(filter, "resource", kind.Value, exclude: false)} {term}";
                var bars = await reads.HistogramAsync(query(part), request.Buckets, cancel);
                var counts = bars.Buckets.Select(bucket => bucket.Counts.Values.Sum()).ToList();
                if (counts.Sum() > 0)
                    series.Add(new OverviewSeries(kind.Value, change, counts.Sum(), part, counts));
            }
        }
        var actors = await reads.StatsAsync(query($"{all} {AnyChange}".Trim()), "actor", 100, cancel);
        return new OverviewChanges(request.ChangesActor, kinds.Total, filter, series, actors.Values);
    }

    private static DateTime Minute(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
}
