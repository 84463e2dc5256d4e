using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Audit.Policy.Traffic;
using Reeve.Audit.Reading;

namespace Reeve.Audit.Tests.Policy;

public sealed class RecordedTrafficTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Events_are_told_apart_by_what_a_policy_can_tell_apart()
    {
        var counter = new TrafficCounter(hasNames: false);
        Add(counter, Event("get", "ana", "pods", "a"), Event("get", "ana", "pods", "b"), Event("get", "ben", "pods", "a"), Event("list", "ana", "pods", ""));
        Add(counter, """{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","stage":"Nowhere","verb":"get","requestURI":"/"}""");

        var traffic = counter.Count();

        Assert.Equal([2, 1, 1], traffic.Rows.Select(row => row.Events).OrderDescending());
        Assert.Equal(1, counter.Passed);
        Assert.Equal((Start, Start), (traffic.First, traffic.Last));
    }

    [Fact]
    public void Names_are_told_apart_where_a_policy_does()
    {
        var counter = new TrafficCounter(hasNames: true);
        Add(counter, Event("get", "ana", "pods", "a"), Event("get", "ana", "pods", "b"));

        Assert.Equal(["a", "b"], counter.Count().Rows.Select(row => row.Request.Name).Order());
    }

    [Fact]
    public void Beyond_the_most_rows_paths_are_counted_together_and_known_ones_still_apart()
    {
        var counter = new TrafficCounter(hasNames: false);
        static string Path(int number) => $$$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","stage":"ResponseComplete","verb":"get","requestURI":"/p{{{number}}}","user":{"username":"ana"}}""";
        for (var number = 0; number < TrafficCounter.MostRows + 10; number++)
            Add(counter, Path(number));
        Add(counter, Path(7));

        var traffic = counter.Count();

        Assert.Equal(10, counter.Together);
        Assert.Equal(10, traffic.Rows.Single(row => row.Request.Path.Length == 0).Events);
        Assert.Equal(2, traffic.Rows.Single(row => row.Request.Path == "/p7").Events);
    }

    [Fact]
    public void What_was_seen_is_what_an_observed_policy_records()
    {
        var counter = new TrafficCounter(hasNames: false);
        foreach (var line in RealLogs.Permissive())
            Add(counter, line);
        var traffic = counter.Count();

        var forecast = PolicyForecast.Of(ObservedPolicy.Of(traffic), traffic, TestContext.Current.CancellationToken);

        Assert.Equal(traffic.Events, forecast.Total.Events);
        Assert.Equal(traffic.Bytes, forecast.Total.Bytes);
    }

    [Theory]
    [InlineData("Foo_Bar", "pods", "")]
    [InlineData("", "x*", "")]
    [InlineData("", "pods/*", "")]
    [InlineData("", "", "/a*b")]
    [InlineData("", "", "/x*")]
    [InlineData("", "", "a")]
    public void What_a_scanner_asked_for_and_no_policy_can_name_is_not_in_an_observed_policy(string group, string resource, string path)
    {
        var asked = path.Length == 0
            ? new PolicyRequest { IsResource = true, Verb = "get", ApiGroup = group, Resource = resource.Split('/')[0], Subresource = resource.Contains('/') ? resource.Split('/')[1] : "" }
            : new PolicyRequest { Verb = "get", Path = path };
        var traffic = new RecordedTraffic([Row("ana", AuditStages.ResponseComplete, 10), new(asked, AuditLevel.Metadata, AuditStages.ResponseComplete) { Events = 1 }], Start, Start);

        var policy = ObservedPolicy.Of(traffic);

        Assert.Single(policy.Rules);
        Assert.Empty(PolicyValidation.Check(policy));
        Assert.Equal(AuditLevel.None, policy.Decide(asked).Level);
    }

    [Fact]
    public void Policies_side_by_side_differ_in_what_one_of_them_lacks()
    {
        AuditPolicy first = new() { Rules = [new() { Level = AuditLevel.Metadata }] };
        AuditPolicy second = new() { Rules = [new() { Level = AuditLevel.None, Users = ["ana"] }, new() { Level = AuditLevel.Request, OmitStages = AuditStages.RequestReceived }] };
        RecordedTraffic traffic = new(
            [Row("ana", AuditStages.ResponseComplete, 10), Row("ana", AuditStages.RequestReceived, 10), Row("ben", AuditStages.ResponseComplete, 4), Row("ben", AuditStages.RequestReceived, 4)], Start, Start.AddDays(1));

        var comparison = PolicyComparison.Of(first, second, traffic, TestContext.Current.CancellationToken);

        Assert.Equal([(true, false, 20.0, 0.0), (true, true, 8, 4)], comparison.Differences.Select(each => (each.IsLoss, each.IsGain, each.First.Events, each.Second.Events)));
        Assert.Equal(4, comparison.Second.WithoutBodies);
    }

    [Fact]
    public void What_every_cluster_has_and_a_log_has_not_is_named()
    {
        var gaps = TrafficGaps.Of(new RecordedTraffic([Row("ana", AuditStages.ResponseComplete, 1)], Start, Start)).ToImmutableArray();

        Assert.Contains("reads (get, list, watch)", gaps);
        Assert.Contains("the stage RequestReceived", gaps);
        Assert.Contains("leases", gaps);
        Assert.DoesNotContain("reads (get, list, watch)", TrafficGaps.Of(Count("permissive")));
        Assert.Contains("reads (get, list, watch)", TrafficGaps.Of(Count("article-policy")));
    }

    private static RecordedTraffic Count(string folder)
    {
        var counter = new TrafficCounter(hasNames: false);
        foreach (var line in Directory.GetFiles(Testing.Repository.Shared("data", "audit", folder), "*.jsonl").SelectMany(path => RealLogs.Lines(RealLogs.Bytes(path))))
            Add(counter, line);
        return counter.Count();
    }

    private static TrafficRow Row(string user, AuditStages stage, long events) =>
        new(new PolicyRequest { User = user, IsResource = true, Verb = "create", Resource = "pods" }, AuditLevel.Metadata, stage) { Events = events, Bytes = events * 100 };

    private static string Event(string verb, string user, string resource, string name) =>
        $$$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"a","stage":"ResponseComplete","requestURI":"/","verb":"{{{verb}}}","user":{"username":"{{{user}}}"},"objectRef":{"resource":"{{{resource}}}","name":"{{{name}}}"},"stageTimestamp":"2026-01-01T00:00:00.000000Z"}""";

    private static void Add(TrafficCounter counter, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
            Add(counter, System.Text.Encoding.UTF8.GetBytes(line));
    }

    private static void Add(TrafficCounter counter, byte[] line)
    {
        var auditEvent = new AuditEvent();
        new EventRestorer().Restore(line, auditEvent);
        counter.Add(auditEvent);
    }
}
