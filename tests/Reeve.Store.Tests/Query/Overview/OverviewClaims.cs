using Reeve.Audit;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;
using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Tests.Query.Overview;

/// <summary>What a number of the Overview claims: that a search for this filter counts as much.</summary>
internal sealed record OverviewClaim(string About, string Filter, TimeRange Range, long Count, EventView View = EventView.Requests);

/// <summary>Every claim of an Overview, and whether search agrees.</summary>
internal static class OverviewClaims
{
    // One of so many bars is looked up.
    private const int Step = 7;

    /// <summary>Fails for each number that search does not count; answers how many were looked at.</summary>
    public static Task<int> CheckAsync(IClickHouse store, OverviewFigures figures) => CheckAsync(store, Of(figures));

    /// <inheritdoc cref="CheckAsync(IClickHouse, OverviewFigures)"/>
    public static async Task<int> CheckAsync(IClickHouse store, IEnumerable<OverviewClaim> some)
    {
        var search = new EventSearch(store);
        var claims = some.ToList();
        var lies = new List<string>();
        foreach (var claim in claims)
        {
            Assert.True(QueryParser.TryParse(claim.Filter, out var filter, out var error), $"{claim.About}: {claim.Filter}: {error}");
            var stats = await search.StatsAsync(new EventQuery(filter, claim.Range, claim.View), null, 1, TestContext.Current.CancellationToken);
            if (stats.Total != claim.Count)
                lies.Add($"{claim.About} says {claim.Count}, search finds {stats.Total} for {claim.Filter} from {claim.Range.From:O} to {claim.Range.To:O}");
        }

        Assert.Empty(lies);
        return claims.Count;
    }

    public static IEnumerable<OverviewClaim> Of(OverviewFigures figures)
    {
        var whole = new TimeRange(figures.From, figures.To);
        yield return new("requests", figures.Requests.Filter, whole, figures.Requests.Count);
        yield return new("unreadable", figures.Unreadable.Filter, whole, figures.Unreadable.Count, EventView.Events);
        foreach (var (name, panel) in Panels(figures))
        {
            yield return new(name, panel.Filter, whole, panel.Total);
            foreach (var row in panel.Rows)
                yield return new($"{name} {row.Label}", row.Filter, whole, row.Count);
        }

        yield return new("changes", figures.Changes.Filter, whole, figures.Changes.Total);
        foreach (var series in figures.Changes.Series)
        {
            yield return new($"{series.Resource} {series.Change}", series.Filter, whole, series.Count);
            foreach (var (bar, count) in series.Counts.Index().Where(bar => bar.Index % Step == 0))
                yield return new($"{series.Resource} {series.Change} {bar}", series.Filter, figures.RangeOf(bar), count);
        }

        foreach (var (bar, bucket) in figures.Categories.Buckets.Index().Where(bar => bar.Index % Step == 0))
        {
            foreach (var (category, count) in bucket.Counts)
                yield return new($"{category} {bar}", figures.FilterOf(category), figures.RangeOf(bar), count);
            Category[] two = [Category.Authentication, Category.ResourceChange];
            yield return new($"two categories {bar}", figures.FilterOf(two), figures.RangeOf(bar), two.Sum(category => bucket.Counts.GetValueOrDefault(category)));
        }
    }

    public static IEnumerable<(string Name, OverviewPanel Panel)> Panels(OverviewFigures figures) =>
    [
        ("actors", figures.Actors), ("namespaces", figures.Namespaces), ("tools", figures.Tools), ("denied", figures.Denied),
        ("failed", figures.FailedAuthentications), ("secrets", figures.Secrets), ("interactive", figures.Interactive),
    ];
}
