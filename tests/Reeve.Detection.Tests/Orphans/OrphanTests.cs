using Reeve.Detection.Alerts;
using Reeve.Detection.Tests.Alerts;

namespace Reeve.Detection.Tests.Orphans;

public sealed class OrphanTests
{
    private const string Rule = "title: t\nid: a\nlevel: high\nlogsource: { product: kubernetes }\ndetection:\n  s: { finding: orphan }\n  condition: s\n";

    [Fact]
    public void A_request_that_nothing_follows_is_found_when_its_lane_has_come_five_minutes_further()
    {
        var run = new AlertRun(Rule);
        run.Observe(Received("lost", 0));
        run.Observe(Answered("other", 299));
        Assert.Empty(run.Alerts);
        run.Observe(Answered("other", 301));

        var alert = Assert.Single(run.Alerts.Values);
        Assert.Equal(("lost", "RequestReceived"), (alert.Events[0].AuditId, alert.Events[0].Stage));
        Assert.Equal("configmaps ns/c", alert.Object);
    }

    [Fact]
    public void A_request_that_is_answered_is_none()
    {
        var run = new AlertRun(Rule);
        run.Observe(Received("a", 0));
        run.Observe(Answered("a", 0, 200));
        run.Observe(Received("b", 300));
        run.Observe(Answered("b", 300, 301));
        run.Observe(Answered("c", 2000));

        Assert.Empty(run.Alerts);
    }

    [Theory]
    [InlineData("\"verb\":\"patch\"", "\"verb\":\"watch\"")]
    [InlineData("\"resource\":\"configmaps\"", "\"resource\":\"pods\",\"subresource\":\"exec\"")]
    [InlineData("\"auditID\":\"lost\"", "\"auditID\":\"\"")]
    public void What_may_run_long_or_cannot_be_told_apart_is_not_judged(string from, string to)
    {
        var run = new AlertRun(Rule);
        run.Observe(Received("lost", 0).Replace(from, to, StringComparison.Ordinal));
        run.Observe(Answered("other", 1));
        run.Observe(Answered("other", 1000));

        Assert.Empty(run.Alerts);
    }

    [Fact]
    public void A_lane_that_shows_no_answers_is_not_judged()
    {
        var run = new AlertRun(Rule);
        run.Observe(Received("a", 0));
        run.Observe(Received("b", 1000));

        Assert.Empty(run.Alerts);
    }

    [Fact]
    public void What_comes_too_late_to_be_waited_for_is_not_judged()
    {
        var run = new AlertRun(Rule);
        run.Observe(Answered("other", 1000));
        run.Observe(Received("old", 0));
        run.Observe(Answered("other", 2000));

        Assert.Empty(run.Alerts);
    }

    [Fact]
    public void The_end_of_a_finite_log_judges_what_still_waits()
    {
        var run = new AlertRun(Rule, DetectionOptions.Finite);
        run.Observe(Answered("other", 1));
        run.Observe(Received("lost", 2));
        var raised = new List<Alert>();
        run.Engine.Finish(raised);

        Assert.Equal("lost", Assert.Single(raised).Events[0].AuditId);
    }

    [Fact]
    public void Restarts_change_nothing()
    {
        var random = new Random(5);
        for (var count = 0; count < 50; count++)
        {
            var (steady, restarted) = (new AlertRun(Rule), new AlertRun(Rule));
            for (var at = 0; at < 60; at++)
            {
                var request = $"r{random.Next(40)}";
                var json = random.Next(2) == 0 ? Received(request, at * 20) : Answered(request, random.Next(at + 1) * 20, at * 20);
                steady.Observe(json);
                restarted.Observe(json);
                if (random.Next(5) == 0)
                    restarted.Restart();
            }

            Assert.Equal(steady.Alerts.Keys, restarted.Alerts.Keys);
            Assert.Equal(steady.Save(), restarted.Save());
        }
    }

    private static string Received(string id, int second) => Event(id, "RequestReceived", second, second, "");

    private static string Answered(string id, int received, int? second = null) => Event(id, "ResponseComplete", received, second ?? received, "\"responseStatus\":{\"code\":200},");

    private static string Event(string id, string stage, int received, int second, string answer) =>
        $$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"{{id}}","stage":"{{stage}}","requestURI":"/api/v1/namespaces/ns/configmaps/c","verb":"patch","user":{"username":"u"},"objectRef":{"resource":"configmaps","namespace":"ns","name":"c"},{{answer}}"requestReceivedTimestamp":"{{At(received)}}","stageTimestamp":"{{At(second)}}"}""";

    private static string At(int second) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
