using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Policy;

public sealed class PolicyCoverageTests
{
    public static TheoryData<string, string> Cases => CaseTable.Two("Reeve.Detection.Tests", "Policy", "coverage.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_policy_shows_a_rule_all_some_or_nothing(string asked, string expected)
    {
        var (detection, policy) = (asked.Split(" ; ")[0], asked.Split(" ; ")[1]);
        var held = PolicyReader.Read("p.yaml", $"{{apiVersion: audit.k8s.io/v1, kind: Policy, {policy}}}", TestContext.Current.CancellationToken).Policy!;
        var rules = Read($"title: t\nlogsource: {{product: kubernetes}}\ndetection: {{{detection}}}\n");

        var sight = Assert.Single(new PolicyCoverage(held).Of(rules)).Sight;

        Assert.Equal(expected, string.Join(" | ", sight.Losses.Select(loss => LossWords.Of(loss, held)).Prepend($"{sight.Visibility}")));
    }

    [Fact]
    public void A_rule_over_rules_that_need_each_other_is_blind_where_one_of_them_is()
    {
        const string parts =
            """
            ---
            title: seen
            name: seen
            logsource: {product: kubernetes}
            detection: {a: {verb: create, objectRef.resource: pods, objectRef.subresource: null, stage: ResponseComplete}, condition: a}
            ---
            title: unseen
            name: unseen
            logsource: {product: kubernetes}
            detection: {a: {verb: get, objectRef.resource: secrets, stage: ResponseComplete}, condition: a}
            """;
        var policy = PolicyReader.Read("p.yaml", "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: None, verbs: [get]}, {level: Metadata}]}", TestContext.Current.CancellationToken).Policy!;
        Visibility Of(string correlation) => new PolicyCoverage(policy).Of(Read($"title: c\ncorrelation: {{rules: [seen, unseen], group-by: [user.username], timespan: 5m, {correlation}}}\n{parts}"))
            .Single(each => each.Rule.Title == "c").Sight.Visibility;

        Assert.Equal(Visibility.Blind, Of("type: temporal"));
        Assert.Equal(Visibility.Blind, Of("type: temporal_ordered"));
        Assert.Equal(Visibility.Partial, Of("type: temporal, condition: {gte: 1}"));
        Assert.Equal(Visibility.Partial, Of("type: event_count, condition: {gte: 5}"));
    }

    [Fact]
    public void What_is_counted_by_a_body_is_not_counted_without_it()
    {
        var policy = PolicyReader.Read("p.yaml", "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: Metadata}]}", TestContext.Current.CancellationToken).Policy!;
        var rules = Read(
            """
            title: c
            correlation: {type: value_count, rules: [part], group-by: [user.username], timespan: 5m, condition: {field: requestObject.spec.nodeName, gte: 3}}
            ---
            title: part
            name: part
            logsource: {product: kubernetes}
            detection: {a: {verb: create, objectRef.resource: pods, objectRef.subresource: binding, stage: ResponseComplete}, condition: a}
            """);

        var sight = new PolicyCoverage(policy).Of(rules).Single(each => each.Rule.Title == "c").Sight;

        Assert.Equal((Visibility.Blind, "create of pods/binding: at Metadata (rule 1), which lacks the body it looks into; it needs Request"), (sight.Visibility, LossWords.Of(Assert.Single(sight.Losses), policy)));
    }

    private static RuleSet Read(string text)
    {
        var reading = SigmaReader.Read([new RuleFile("r.yml", text)], new SigmaOptions());
        Assert.False(reading.HasErrors, string.Join("; ", reading.Problems));
        return reading.Rules;
    }
}
