using Reeve.Detection.Needs;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Needs;

public sealed class RuleNeedsTests
{
    [Theory]
    [InlineData("a: { verb: create }", "a", AuditLevel.Metadata, AuditLevel.Metadata)]
    [InlineData("a: { requestObject.spec.x: 1 }", "a", AuditLevel.Request, AuditLevel.Request)]
    [InlineData("a: { podspec.hostPID: true }", "a", AuditLevel.Request, AuditLevel.Request)]
    [InlineData("a: { csruser: x }", "a", AuditLevel.Request, AuditLevel.Request)]
    [InlineData("a: { responseObject.kind: X }", "a", AuditLevel.RequestResponse, AuditLevel.RequestResponse)]
    [InlineData("a: { verb: create }\n  b: { requestObject.spec.x: 1 }", "a or b", AuditLevel.Metadata, AuditLevel.Request)]
    [InlineData("a: { verb: create }\n  b: { requestObject.spec.x: 1 }", "a and not b", AuditLevel.Metadata, AuditLevel.Request)]
    [InlineData("a: { requestObject.a: 1 }\n  b: { responseObject.b: 1 }", "a or b", AuditLevel.Request, AuditLevel.RequestResponse)]
    [InlineData("a: { requestObject.a|exists: false }", "a", AuditLevel.Metadata, AuditLevel.Request)]
    public void The_level_follows_from_what_the_condition_reads(string detections, string condition, AuditLevel least, AuditLevel full)
    {
        var needs = Of(detections, condition);

        Assert.Equal((least, full), (needs.Level, needs.Fully));
    }

    [Theory]
    [InlineData("a: { verb: create }", "a", "RequestReceived ResponseStarted ResponseComplete Panic")]
    [InlineData("a: { verb: create }\n  early: { stage: RequestReceived }", "a and not early", "ResponseStarted ResponseComplete Panic")]
    [InlineData("a: { responseStatus.code: 401 }", "a", "ResponseStarted ResponseComplete Panic")]
    [InlineData("a: { stage|startswith: Response }", "a", "ResponseStarted ResponseComplete")]
    [InlineData("a: { requestObject.a: 1 }", "a", "ResponseStarted ResponseComplete Panic")]
    public void The_stages_are_those_at_which_it_can_hold(string detections, string condition, string stages) =>
        Assert.Equal(stages.Split(' '), Of(detections, condition).Stages);

    [Theory]
    [InlineData("a: { verb: [create, get] }", "a", "get create")]
    [InlineData("a: { verb|startswith: delete }", "a", "delete deletecollection")]
    [InlineData("a: { verb: [create, get] }\n  b: { verb: get }", "a and not b", "create")]
    [InlineData("a: { name: x }", "a", "")]
    public void The_verbs_are_those_with_which_it_can_hold(string detections, string condition, string verbs) =>
        Assert.Equal(verbs.Split(' ', StringSplitOptions.RemoveEmptyEntries), Of(detections, condition).Verbs);

    [Theory]
    [InlineData("a: { objectRef.resource: [pods, jobs] }", "a", "pods jobs")]
    [InlineData("a: { objectRef.resource: [pods, jobs] }\n  b: { objectRef.resource: jobs }", "a and not b", "pods")]
    [InlineData("a: { objectRef.resource: pods }\n  b: { verb: get }", "a or b", "")]
    [InlineData("a: { objectRef.resource: pods }", "not a", "")]
    public void The_resources_are_those_that_it_is_bound_to(string detections, string condition, string resources) =>
        Assert.Equal(resources.Split(' ', StringSplitOptions.RemoveEmptyEntries), Of(detections, condition).Resources);

    [Fact]
    public void A_correlation_needs_what_its_rules_need()
    {
        var rules = Read("""
            title: a
            id: a
            detection: { s: { verb: create, objectRef.resource: pods }, early: { stage: RequestReceived }, condition: s and not early }
            ---
            title: b
            id: b
            detection: { s: { verb: get, requestObject.x: 1, objectRef.resource: nodes }, condition: s }
            ---
            title: c
            id: c
            level: low
            correlation: { type: temporal, rules: [a, b], group-by: user, timespan: 1m }
            """);
        var needs = RuleNeeds.Of(rules.Correlations[0], rules);

        Assert.Equal(AuditLevel.Request, needs.Level);
        Assert.Equal(["get", "create"], needs.Verbs);
        Assert.Equal(["nodes", "pods"], needs.Resources.Order(StringComparer.Ordinal));
        Assert.Equal(["ResponseStarted", "ResponseComplete", "Panic"], needs.Stages);
    }

    private static RuleNeeds Of(string detections, string condition) =>
        RuleNeeds.Of(Read($"title: t\nid: t\nlevel: low\nlogsource: {{ product: kubernetes }}\ndetection:\n  {detections}\n  condition: {condition}\n").Detections[0].Condition);

    private static RuleSet Read(string rules)
    {
        var reading = SigmaReader.Read([new RuleFile("r.yml", rules)], new SigmaOptions());
        Assert.False(reading.HasErrors, string.Join("; ", reading.Problems));
        return reading.Rules;
    }
}
