using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Audit.Policy;
using Reeve.Detection.Needs;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Detection.Tests.Support;

namespace Reeve.Detection.Tests.Needs;

public sealed class RuleNeedsTests
{
    private const string Later = "ResponseStarted ResponseComplete Panic";

    public static TheoryData<string, string> Cases => CaseTable.Two("Reeve.Detection.Tests", "Needs", "needs.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Condition_tells_what_its_rule_needs(string detection, string expected)
    {
        var rules = Read($"title: t\nlogsource: {{}}\ndetection: {detection}\n");

        Assert.Equal(expected, Show(RuleNeeds.Of(Assert.Single(rules.Detections), rules)));
    }

    [Fact]
    public void Correlation_needs_what_its_rules_need_together()
    {
        var rules = Read(
            """
            title: c
            name: c
            correlation: { type: temporal, rules: [late, early], group-by: [user.username], timespan: 5m }
            ---
            title: early
            name: early
            logsource: {}
            detection: { a: { verb: watch, objectRef.resource: secrets, stage: ResponseStarted }, condition: a }
            ---
            title: late
            name: late
            logsource: {}
            detection: { a: { verb: create, objectRef.resource: pods, objectRef.subresource: null, podspec.hostPID: true, stage: ResponseComplete }, condition: a }
            """);

        Assert.Equal("Request; ResponseStarted ResponseComplete; watch create; pods secrets secrets/*", Show(RuleNeeds.Of(Assert.Single(rules.Correlations), rules)));
    }

    [Theory]
    [InlineData("type: event_count, group-by: [requestObject.spec.nodeName], condition: { gte: 3 }", "Request")]
    [InlineData("type: event_count, group-by: [user.username], condition: { gte: 3 }", "Metadata")]
    [InlineData("type: value_count, group-by: [user.username], condition: { field: responseObject.metadata.name, gte: 3 }", "RequestResponse")]
    [InlineData("type: event_count, aliases: { who: { part: csruser } }, group-by: [who], condition: { gte: 3 }", "Request")]
    public void Correlation_needs_the_level_of_what_it_groups_and_counts_by(string correlation, string expected)
    {
        var rules = Read(
            $$"""
            title: c
            correlation: { rules: [part], timespan: 5m, {{correlation}} }
            ---
            title: part
            name: part
            logsource: {}
            detection: { a: { verb: create }, condition: a }
            """);

        Assert.Equal(expected, RuleNeeds.Of(Assert.Single(rules.Correlations), rules).Level.ToString());
    }

    [Fact]
    public void No_event_matches_that_is_not_within_what_a_rule_needs()
    {
        var matches = 0;
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            var conditions = new RandomConditions(random, PolicyEvents.Paths, PolicyEvents.Values);
            var events = new PolicyEvents(random);
            var condition = conditions.Next();
            var needs = RuleNeeds.Of(condition);
            for (var count = 0; count < 50; count++)
            {
                var (level, json) = events.Next();
                if (!NaiveInterpreter.Matches(condition, JsonSerializer.SerializeToElement<JsonNode>(json)))
                    continue;
                matches++;
                Assert.True(IsWithin(json, level, needs), $"seed {seed}: {Show(needs)} is not for {json.ToJsonString()}, which matches {condition}");
            }
        }

        Assert.True(matches > 1000, $"{matches} matches are too few to tell anything");
    }

    private static bool IsWithin(JsonObject json, AuditLevel level, RuleNeeds needs) =>
        level >= needs.Level
        && needs.Stages.Contains((string)json["stage"]!)
        && (needs.Verbs.IsEmpty || needs.Verbs.Contains((string)json["verb"]!, StringComparer.OrdinalIgnoreCase))
        && (json["objectRef"] is null ? needs.NonResourceUrls : needs.Resources.IsEmpty || Array.Exists(PolicyEvents.Written(json), needs.Resources.Contains));

    private static string Show(RuleNeeds needs)
    {
        var stages = string.Join(' ', needs.Stages) switch
        {
            "" => "none",
            Later => "later",
            "RequestReceived " + Later => "all",
            var some => some,
        };
        string Any(IEnumerable<string> words) => string.Join(' ', words) is { Length: > 0 } some ? some : "any";
        return $"{needs.Level}{(needs.Fully == needs.Level ? "" : $" {needs.Fully}")}; {stages}; {Any(needs.Verbs)}; {Any(needs.Resources)}{(needs.NonResourceUrls ? " urls" : "")}";
    }

    private static RuleSet Read(string text)
    {
        var reading = SigmaReader.Read([new RuleFile("r.yml", text)], SigmaOptions.Of(RuleLists.Empty));
        Assert.DoesNotContain(reading.Problems, problem => problem.IsError);
        return reading.Rules;
    }
}
