using Reeve.Audit.Fields;

namespace Reeve.Store.Query.Overview;

/// <summary>Puts the rows of the statement together.</summary>
internal sealed class OverviewAssembly(OverviewSpan span, OverviewRequest request, IReadOnlyList<OverviewNumber> rows)
{
    // The article's kinds of object come before all others.
    private static readonly string[] FirstKinds = ["pods", "deployments", "services"];

    private readonly OverviewFilters _filters = new(request.Cluster);
    private readonly ILookup<string, OverviewNumber> _parts = rows.ToLookup(row => row.Part);

    public OverviewFigures Figures()
    {
        var categories = Categories();
        return new()
        {
            From = span.From,
            To = span.From < span.To ? span.To : span.From,
            Cluster = request.Cluster,
            Requests = new OverviewCount(Total(OverviewDimension.Category), _filters.All),
            Unreadable = new OverviewCount(Total(OverviewDimension.Unreadable), _filters.Of(OverviewDimension.Unreadable)),
            Categories = categories,
            Actors = Panel(OverviewDimension.Actor),
            Namespaces = Panel(OverviewDimension.Namespace),
            Tools = Panel(OverviewDimension.Tool),
            Denied = Panel(OverviewDimension.Denied),
            FailedAuthentications = Panel(OverviewDimension.Unauthenticated),
            Secrets = Panel(OverviewDimension.Secret),
            Interactive = Panel(OverviewDimension.Interactive),
            Changes = Changes(categories),
            Clusters = [.. _parts[OverviewPart.Cluster].OrderByDescending(row => row.Number).Select(row => new ValueCount(row.Text, row.Number))],
        };
    }

    private EventHistogram Categories()
    {
        if (span.From >= span.To)
            return new EventHistogram(TimeSpan.FromSeconds(span.Width), []);
        var counts = _parts[OverviewPart.Category]
            .Select(row => new BucketCount(row.Bucket, EventNames.Category(OverviewCounted.Parse(row.Text).Value), row.Number));
        return HistogramShape.Fill(span.From, span.To, span.Width, [.. counts]);
    }

    // What is counted has a colon; a dimension, whose number is its total, has none.
    private long Total(string dimension) => _parts[OverviewPart.Counted].Where(row => row.Text == dimension).Sum(row => row.Number);

    private OverviewPanel Panel(string dimension)
    {
        var counted = _parts[OverviewPart.Counted].Where(row => row.Text.StartsWith(dimension + ":", StringComparison.Ordinal));
        return new(Total(dimension), _filters.Of(dimension), [.. counted.OrderByDescending(row => row.Number).ThenBy(row => row.Text, StringComparer.Ordinal).Select(Row)]);
    }

    private OverviewRow Row(OverviewNumber row)
    {
        var counted = OverviewCounted.Parse(row.Text);
        return new(OverviewLabel.Of(counted), OverviewLabel.Values(counted), row.Number, _filters.Of(counted));
    }

    private OverviewChanges Changes(EventHistogram bars)
    {
        var actor = OverviewCounted.Keep(request.ChangesActor);
        var actors = _parts[OverviewPart.Actor].OrderByDescending(row => row.Number).Select(row => new ValueCount(row.Text, row.Number)).ToList();
        var series = _parts[OverviewPart.Change].GroupBy(row => row.Text).Select(rows => Series(rows.Key, rows, bars));
        return new(
            request.ChangesActor,
            actors.Find(known => known.Value == actor)?.Count ?? 0,
            _filters.Changes(request.ChangesActor),
            [.. series.OrderBy(one => Rank(one.Resource)).ThenByDescending(one => one.Count).ThenBy(one => one.Resource, StringComparer.Ordinal).ThenBy(one => one.Change)],
            actors);
    }

    private OverviewSeries Series(string text, IEnumerable<OverviewNumber> numbers, EventHistogram bars)
    {
        var counts = new long[bars.Buckets.Count];
        foreach (var number in numbers)
            counts[(int)((DateTime.UnixEpoch.AddSeconds(number.Bucket) - bars.Buckets[0].Start) / bars.Width)] += number.Number;
        var counted = OverviewCounted.Parse(text);
        return new(counted.Second, OverviewDimension.Change(counted.Dimension), counts.Sum(), _filters.Of(counted), counts);
    }

    private static int Rank(string resource) => Array.IndexOf(FirstKinds, resource) is var at and >= 0 ? at : FirstKinds.Length;
}
