using System.Text.Json;
using CsCheck;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query.Overview;

public sealed class RealOverviewTests(LoadedLogs loaded) : IClassFixture<LoadedLogs>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTime Start => LoadedLogs.From.AddHours(-1);

    private DateTime End => loaded.Logs.End.AddHours(1);

    private Task<OverviewFigures> ReadAsync(DateTime from, DateTime to, string? cluster = null, string actor = "kubernetes-admin", int buckets = 60) =>
        new OverviewSearch(loaded.Client).ReadAsync(new OverviewRequest(from, to, cluster, actor, buckets), Cancel);

    [Theory]
    [InlineData(null, "kubernetes-admin", 60)]
    [InlineData("prod \"east\"", "kubernetes-admin", 12)]
    [InlineData("none of these", "kubernetes-admin", 60)]
    public async Task Search_counts_what_every_number_says(string? cluster, string actor, int buckets)
    {
        var figures = await ReadAsync(Start, End, cluster, actor, buckets);
        Assert.InRange(await OverviewClaims.CheckAsync(loaded.Client, figures), 10, 5000);
        Assert.Equal(figures.Requests.Count, figures.Categories.Buckets.Sum(bucket => bucket.Counts.Values.Sum()));
        Assert.Equal(figures.Changes.Total, figures.Changes.Series.Sum(series => series.Count));
    }

    [Fact]
    public async Task Every_panel_shows_something_of_the_real_logs()
    {
        var figures = await ReadAsync(Start, End);
        Assert.All(OverviewClaims.Panels(figures), panel => Assert.NotEmpty(panel.Panel.Rows));
        Assert.Equal(["dev", "prod \"east\"", "stage"], figures.Clusters.Select(cluster => cluster.Value).Order(StringComparer.Ordinal));
        Assert.Equal(7, figures.Unreadable.Count);
        Assert.Contains(figures.Changes.Actors, actor => actor.Value == "kubernetes-admin");
        Assert.Contains(figures.Changes.Series, series => series is { Resource: "pods", Change: ObjectChange.Created, Count: > 0 });
    }

    [Fact]
    public async Task Panels_hold_what_the_events_themselves_say()
    {
        var figures = await ReadAsync(Start, End);
        var events = loaded.Logs.Events.Where(sample => sample.Context.Primary).Select(sample => JsonDocument.Parse(sample.Raw).RootElement).ToList();

        Assert.Equal(events.Count, figures.Requests.Count);
        Same(figures.Namespaces, events.Select(e => Text(e, "objectRef", "namespace")));
        Same(figures.Tools, events.Select(e => Text(e, "userAgent").Split('/')[0]));
        Same(figures.Actors, events.Select(e => Text(e, "impersonatedUser", "username") is { Length: > 0 } other ? other : Text(e, "user", "username")));
        Same(figures.Secrets, events.Where(e => Text(e, "objectRef", "resource") == "secrets").Select(e => $"{Text(e, "objectRef", "namespace")}|{Text(e, "objectRef", "name")}"));
        Same(figures.Denied, events.Where(e => Code(e) == 403 && Text(e, "annotations", "authorization.k8s.io/decision") != "allow").Select(Address));
        Same(figures.FailedAuthentications, events.Where(e => Code(e) == 401).Select(Address));
        var deleted = events.Where(e => Text(e, "verb") == "delete" && Text(e, "user", "username") == "kubernetes-admin" && !e.TryGetProperty("impersonatedUser", out _)
            && Text(e, "userAgent").StartsWith("kubectl", StringComparison.Ordinal) && Text(e, "objectRef", "resource") == "deployments" && Code(e) is >= 200 and < 300);
        Assert.Equal(deleted.Count(), figures.Changes.Series.Where(series => series is { Resource: "deployments", Change: ObjectChange.Deleted }).Sum(series => series.Count));
    }

    [Fact]
    public async Task Names_beyond_number_change_nothing_about_the_most_frequent()
    {
        var request = new OverviewRequest(Start, End, null, "kubernetes-admin", 10);
        var crowded = await new OverviewSearch(loaded.Client) { MostGroups = 20 }.ReadAsync(request, Cancel);
        Assert.Equivalent(await new OverviewSearch(loaded.Client).ReadAsync(request, Cancel), crowded, strict: true);
    }

    [Fact]
    public async Task Bars_of_any_range_are_the_requests_of_that_range()
    {
        var all = loaded.Logs.Events.Where(sample => sample.Context.Primary).Select(sample => sample.Context.Time).ToList();
        var range = Gen.Select(Gen.Double[-0.05, 1.05], Gen.Double[0, 1], Gen.Int[1, 300]).Array[25].Generate(PCG.ThreadPCG, null, out _);
        foreach (var (start, length, buckets) in range)
        {
            var from = LoadedLogs.From + (start * (loaded.Logs.End - LoadedLogs.From));
            var to = from + (length * length * (loaded.Logs.End - LoadedLogs.From));
            var figures = await ReadAsync(from, to, buckets: buckets);
            var (first, end) = (figures.From, figures.To);

            Assert.InRange(from - first, TimeSpan.Zero, TimeSpan.FromSeconds(60));
            Assert.InRange(end - to, TimeSpan.Zero, TimeSpan.FromSeconds(60));
            var counted = all.Count(time => time >= first && time < end);
            Assert.Equal(counted, figures.Requests.Count);
            Assert.Equal(counted, figures.Actors.Total);
            Assert.InRange(figures.Categories.Buckets.Count, 0, buckets + 1);
            Assert.All(figures.Categories.Buckets.Index(), bar =>
            {
                var part = figures.RangeOf(bar.Index);
                Assert.Equal(all.Count(time => time >= part.From && time < part.To), bar.Item.Counts.Values.Sum());
            });
        }
    }

    private static void Same(OverviewPanel panel, IEnumerable<string> values)
    {
        var expected = values.CountBy(value => value).ToDictionary(count => count.Key, count => (long)count.Value);
        Assert.Equal(expected.Values.Sum(), panel.Total);
        Assert.All(panel.Rows, row => Assert.Equal(expected[string.Join('|', row.Values)], row.Count));
        Assert.Equal(expected.Values.OrderDescending().Take(10), panel.Rows.Select(row => row.Count));
    }

    private static string Text(JsonElement json, params string[] path)
    {
        foreach (var name in path)
        {
            if (!json.TryGetProperty(name, out json))
                return "";
        }

        return json.GetString() ?? "";
    }

    private static int Code(JsonElement json) =>
        json.TryGetProperty("responseStatus", out var status) && status.TryGetProperty("code", out var code) ? code.GetInt32() : 0;

    // No proxies are trusted: the last address is the client's.
    private static string Address(JsonElement json) => json.GetProperty("sourceIPs").EnumerateArray().Last().GetString()!;
}
