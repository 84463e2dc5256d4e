using System.Globalization;
using CsCheck;
using Reeve.Detection.Alerts;
using Reeve.Detection.Correlation;

namespace Reeve.Detection.Tests.Alerts;

public sealed class AlertTests
{
    private const string Rules = """
        title: Secret read
        id: read
        name: read
        level: high
        tags: [attack.t1552]
        detection: { s: { objectRef.resource: secrets }, condition: s }
        ---
        title: Many secrets read
        id: many
        level: critical
        correlation: { type: value_count, rules: [read], group-by: [user.username], timespan: 5m, condition: { field: objectRef.name, gte: 3 }, generate: true }
        """;

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Eight_hundred_requests_of_two_stages_are_one_alert()
    {
        var run = new AlertRun(Rules);
        for (var count = 0; count < 800; count++)
        {
            run.Observe(Event(count, Start.AddSeconds(count * 0.25), "RequestReceived"));
            run.Observe(Event(count, Start.AddSeconds(count * 0.25), "ResponseComplete"));
        }

        var alert = Assert.Single(run.Alerts).Value;
        Assert.Equal((800L, "kubernetes-admin", "secrets kube-system/a", "c"), (alert.Count, alert.Actor, alert.Object, alert.Cluster));
        Assert.Equal("kubernetes-admin sent 800 requests that match 'Secret read' within 4 min", alert.Summary);
        Assert.Equal((Start, Start.AddSeconds(799 * 0.25)), (alert.First, alert.Last));
        Assert.Equal(1000, alert.Events.Count);
        Assert.Equal(["secrets"], alert.Values["objectRef.resource"]);
    }

    [Fact]
    public void A_single_request_is_told_in_its_own_sentence_and_a_copy_of_it_is_nothing_new()
    {
        var run = new AlertRun(Rules);
        run.Observe(Event(1, Start));
        run.Observe(Event(1, Start));

        var alert = Assert.Single(run.Alerts).Value;
        Assert.Equal((1L, 1), (alert.Count, alert.Events.Count));
        Assert.StartsWith("kubernetes-admin asked to read secret a", alert.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_actor_object_or_cluster_is_another_alert_and_so_is_what_comes_too_late_for_it()
    {
        var run = new AlertRun(Rules);
        run.Observe(Event(1, Start));
        run.Observe(Event(2, Start, user: "eve"));
        run.Observe(Event(3, Start, name: "b"));
        run.Observe(Event(4, Start), cluster: "other");
        run.Observe(Event(5, Start.AddMinutes(15)));
        run.Observe(Event(6, Start.AddMinutes(31)));

        Assert.Equal([2, 1, 1, 1, 1], run.Alerts.Values.Select(alert => (int)alert.Count));
    }

    [Fact]
    public void An_alert_that_never_ends_is_a_new_one_each_day()
    {
        var run = new AlertRun(Rules);
        for (var count = 0; count < 300; count++)
            run.Observe(Event(count, Start.AddMinutes(count * 10)));

        Assert.Equal([145, 145, 10], run.Alerts.Values.Select(alert => (int)alert.Count));
    }

    [Fact]
    public void A_correlation_lists_its_window_and_later_firings_join()
    {
        var run = new AlertRun(Rules);
        for (var count = 0; count < 5; count++)
            run.Observe(Event(count, Start.AddSeconds(count), name: $"n{count}"));

        var alert = Assert.Single(run.Alerts.Values, alert => alert.Rule.Id == "many");
        Assert.Equal((5L, "kubernetes-admin", "5 different"), (alert.Count, alert.Actor, alert.Object));
        Assert.Equal(["id-0", "id-1", "id-2", "id-3", "id-4"], alert.Events.Select(reference => reference.AuditId));
        Assert.Equal("kubernetes-admin sent 5 requests that match 'Many secrets read' within 4 s", alert.Summary);
    }

    [Fact]
    public void Names_cannot_act_on_the_screen_of_whoever_reads_the_sentence()
    {
        var run = new AlertRun(Rules);
        run.Observe(Event(1, Start, user: "eve\\u001b[2J\\u202e"));
        run.Observe(Event(2, Start, user: "eve\\u001b[2J\\u202e"));

        Assert.Equal("eve\ufffd[2J\ufffd sent 2 requests that match 'Secret read' within a second", Assert.Single(run.Alerts).Value.Summary);
    }

    [Fact]
    public void Open_alerts_keep_no_more_events_than_the_limit()
    {
        var run = new AlertRun(Rules, new DetectionOptions { Alerts = new AlertOptions { OpenEvents = 10 } });
        for (var count = 0; count < 30; count++)
            run.Observe(Event(count, Start.AddSeconds(count), name: $"n{count / 5 % 3}"));

        // The first alert was closed when the third opened, so that what comes again is a new one.
        Assert.Equal([5, 5, 5, 5, 5, 5], run.Alerts.Values.Where(alert => alert.Rule.Id == "read").Select(alert => (int)alert.Count));
    }

    [Fact]
    public void Alerts_are_the_same_on_replay_and_however_often_the_engine_is_saved_and_loaded()
    {
        var events =
            from minute in Gen.Int[0, 60]
            from id in Gen.Int[0, 30]
            from user in Gen.Int[0, 1]
            from name in Gen.Int[0, 4]
            from stage in Gen.Int[0, 1]
            from restart in Gen.Int[0, 5]
            select (Json: Event(id, Start.AddMinutes(minute), stage == 0 ? "RequestReceived" : "ResponseComplete", $"user{user}", $"n{name}"), IsRestart: restart == 0);
        events.Array[1, 60].Sample(
            all =>
            {
                var options = new DetectionOptions { Correlation = new CorrelationLimits { Lateness = TimeSpan.FromMinutes(20) }, Alerts = new AlertOptions { Open = 4, Events = 10 } };
                var (once, again) = (new AlertRun(Rules, options), new AlertRun(Rules, options));
                foreach (var (json, isRestart) in all)
                {
                    once.Observe(json);
                    again.Observe(json);
                    if (isRestart)
                        again.Restart();
                }

                Assert.Equal(once.Alerts.Values.Select(Describe), again.Alerts.Values.Select(Describe));
                Assert.Equal(once.Save(), again.Save());
            },
            iter: 150);
    }

    private static string Describe(Alert alert) => string.Create(
        CultureInfo.InvariantCulture,
        $"{alert.Id} {alert.Rule.Title} {alert.Rule.Level} {string.Join(',', alert.Rule.Tags)} {alert.Cluster} {alert.Actor} {alert.Object} {alert.First:O} {alert.Last:O} {alert.Count} {alert.Summary} {string.Join(',', alert.Events)} {string.Join(',', alert.Values.Select(pair => $"{pair.Key}={string.Join('|', pair.Value)}"))}");

    private static string Event(int id, DateTime time, string stage = "ResponseComplete", string user = "kubernetes-admin", string name = "a") =>
        $$"""
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"id-{{id}}","stage":"{{stage}}","requestURI":"/api/v1/namespaces/kube-system/secrets/{{name}}","verb":"get",
        "user":{"username":"{{user}}"},"objectRef":{"resource":"secrets","namespace":"kube-system","name":"{{name}}","apiVersion":"v1"},
        "requestReceivedTimestamp":"2026-01-01T00:00:00.000000Z","stageTimestamp":"{{time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}}"}
        """.ReplaceLineEndings("");
}
