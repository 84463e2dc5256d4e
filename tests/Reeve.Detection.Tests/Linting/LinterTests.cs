using Reeve.Detection.Linting;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Linting;

public sealed class LinterTests
{
    public static TheoryData<string, string> Detections => CaseTable.Two("Reeve.Detection.Tests", "Linting", "lint.txt");

    public static TheoryData<string, string> Heads => CaseTable.Two("Reeve.Detection.Tests", "Linting", "heads.txt");

    // What facts/detection-catalogue.md says of them.
    public static TheoryData<string, string, string> Defects => new()
    {
        { "hostpath_mount", "unknown-field", "'hostPath'" },
        { "privileged_pod_creation", "unknown-field", "'capabilities'" },
        { "sidecar_injection", "unknown-field", "'objectRef.apiGroup' may be meant" },
        { "rbac_permisions_listing", "unknown-field", "'objectRef.apiGroup' may be meant" },
        { "potential_enumeration_activity", "word-for-code", "'ALLOW'" },
        { "change_admission_controller", "unknown-verb", "'replace'" },
        { "cronjob_modification", "unknown-verb", "'replace'" },
        { "rolebinding_modification", "unknown-verb", "'replace'" },
        { "secrets_modified_or_deleted", "unknown-verb", "'replace'" },
        { "exec_into_container", "exec-by-create-alone", "'get'" },
        { "events_deleted", "delete-without-collection", "'deletecollection'" },
    };

    [Theory]
    [MemberData(nameof(Detections))]
    public void Detections_are_remarked_on(string detection, string expected) =>
        Check($"title: t\nid: i\nlevel: low\nlogsource: {{ product: kubernetes, service: audit }}\ndetection: {detection}\n", expected);

    [Theory]
    [MemberData(nameof(Heads))]
    public void Heads_are_remarked_on(string head, string expected) =>
        Check($"{head.Replace("; ", "\n", StringComparison.Ordinal)}\ntitle: t\ndetection: {{ a: {{ verb: get }}, condition: a }}\n", expected);

    [Theory]
    [MemberData(nameof(Defects))]
    public void Known_defects_of_the_rules_of_SigmaHQ_are_found(string rule, string check, string words)
    {
        var reading = RuleLoader.Load([Repository.Shared("data", "rules", "sigma", $"kubernetes_audit_{rule}.yml")], SigmaOptions.Of(RuleLists.Empty));

        Assert.Contains(Linter.Check(reading.Rules), problem => problem.Check == check && !problem.IsError && problem.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Remarks_stand_at_what_they_speak_of()
    {
        const string text = """
            title: t
            id: i
            name: r
            logsource: { product: kubernetes, service: audit }
            tags:
              - attack.t1609
              - Odd
            detection:
              a:
                verb: get
                Image: x
              b:
                verb: [create, replace]
                userAgent: '*'
              condition: 1 of them
            ---
            title: c
            id: c
            level: low
            tags: [odd]
            correlation:
              type: value_count
              rules: [r]
              aliases: { who: { r: usr.username } }
              group-by:
                - who
                - objectRef.nme
              timespan: 1m
              condition:
                gte: 2
                field: verbb
            ---
            title: one
            id: o
            level: low
            correlation: { type: temporal, rules: [r], timespan: 1m }
            ---
            title: outer
            id: p
            level: low
            correlation: { type: event_count, rules: [c], group-by: who, timespan: 1h, condition: { gte: 2 } }
            """;
        var reading = SigmaReader.Read([new RuleFile("r.yml", text)], SigmaOptions.Of(RuleLists.Empty));
        Assert.Empty(reading.Problems);

        Assert.Equal(
            [
                "7:5 tag-form", "11:5 unknown-field", "13:5 unknown-verb", "14:5 wildcard-only", "20:8 tag-form", "24:24 unknown-field", "27:7 unknown-field", "31:12 unknown-field", "36:40 temporal-of-one",
            ],
            Linter.Check(reading.Rules).OrderBy(problem => problem.Place.Line).Select(problem => $"{problem.Place.Line}:{problem.Place.Column} {problem.Check}"));
    }

    [Fact]
    public void Remarks_on_rules_of_Falco_stand_at_their_condition()
    {
        var reading = RuleLoader.Read([new RuleFile("f.yaml", "- rule: r\n  desc: d\n  source: k8s_audit\n  output: o\n  priority: INFO\n  condition: ka.verb = exec\n")], SigmaOptions.Of(RuleLists.Empty));

        var problem = Assert.Single(Linter.Check(reading.Rules));
        Assert.Equal((6, 14, "unknown-verb"), (problem.Place.Line, problem.Place.Column, problem.Check));
    }

    [Fact]
    public void Rules_for_other_logs_are_left_alone()
    {
        var reading = SigmaReader.Read([new RuleFile("r.yml", "title: t\nlogsource: { product: windows }\ndetection: { a: { Image: x }, condition: a }\n")], SigmaOptions.Of(RuleLists.Empty));

        Assert.Empty(Linter.Check(reading.Rules));
    }

    [Fact]
    public void What_only_feeds_a_correlation_needs_no_level()
    {
        var reading = SigmaReader.Read(
            [new RuleFile("r.yml", "title: t\nid: a\ndetection: { a: { verb: get }, condition: a }\n---\ntitle: c\nid: c\nlevel: low\ncorrelation: { type: event_count, rules: [a], group-by: user, timespan: 1m, condition: { gte: 2 } }\n")], SigmaOptions.Of(RuleLists.Empty));

        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Shipped_rules_have_nothing_to_remark_on()
    {
        var reading = RuleLoader.Read(ShippedRules.Files, SigmaOptions.Of(RuleLists.Empty));

        Assert.NotEmpty(reading.Rules.Detections);
        Assert.Empty(reading.Problems.Concat(Linter.Check(reading.Rules)));
    }

    private static void Check(string rule, string expected)
    {
        var reading = SigmaReader.Read([new RuleFile("r.yml", rule)], SigmaOptions.Of(RuleLists.Empty));
        Assert.False(reading.HasErrors, string.Join("; ", reading.Problems));
        var problems = reading.Problems.Concat(Linter.Check(reading.Rules)).ToList();
        var remarks = (expected == "none" ? [] : expected.Split(" / ")).Select(remark => remark.Split(": ", 2)).ToList();
        Assert.True(remarks.Count == problems.Count, string.Join("; ", problems));
        foreach (var remark in remarks)
            Assert.Contains(problems, problem => problem.Check == remark[0] && problem.Message.Contains(remark[^1] == remark[0] ? "" : remark[^1], StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.True(problem is { IsError: false, Place.Line: > 0 }));
    }
}
