using System.Text.Json;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Detection.Tests.Support;

namespace Reeve.Detection.Tests.Sigma;

/// <summary>What several documents mean together: filters, collections and correlations.</summary>
public sealed class SigmaReaderTests
{
    private const string Two = """
        title: One
        id: a
        logsource: { product: kubernetes, service: audit }
        detection: { s: { v: 1 }, condition: s }
        ---
        title: Two
        name: b
        detection: { s: { v: [1, 2] }, condition: s }

        """;

    public static TheoryData<string, string> CorrelationErrors => CaseTable.Two("Reeve.Detection.Tests", "Sigma", "correlation-errors.txt");

    [Theory]
    [InlineData("rules: [a]", "", "Two")]
    [InlineData("rules: [b]", "", "One")]
    [InlineData("rules: [Two, a]", "", "")]
    [InlineData("rules: []", "", "")]
    [InlineData("rules: any", "", "")]
    [InlineData("", "", "")]
    [InlineData("", "logsource: { product: kubernetes }", "Two")]
    [InlineData("rules: [a, b]", "logsource: { service: audit }", "Two")]
    [InlineData("", "logsource: { product: kubernetes, category: other }", "One, Two")]
    public void Filters_hold_back_the_rules_they_are_for(string rules, string logSource, string matched)
    {
        var reading = Read($"{Two}---\ntitle: F\n{logSource}\nfilter:\n  {rules}\n  s: {{ user: admin }}\n  condition: not s\n");

        Assert.False(reading.HasErrors, string.Join("; ", reading.Problems));
        Assert.Equal(matched, string.Join(", ", Matched(reading, """{"v":1,"user":"admin"}""")));
        Assert.Equal("One, Two", string.Join(", ", Matched(reading, """{"v":1,"user":"other"}""")));
    }

    [Fact]
    public void A_filter_for_no_rule_is_remarked_on()
    {
        var reading = Read($"{Two}---\ntitle: F\nfilter:\n  rules: [gone]\n  s: {{ user: admin }}\n  condition: not s\n");

        Assert.Equal("r.yml:10:1: the filter 'F' applies to no rule that was read", Assert.Single(reading.Problems, problem => problem.Check == "idle-filter").ToString());
    }

    [Fact]
    public void Many_filters_of_one_rule_do_not_stand_within_each_other()
    {
        var filters = string.Concat(Enumerable.Range(0, 1000).Select(number => $"---\ntitle: f{number}\nfilter:\n  s: {{ user: u{number} }}\n  condition: not s\n"));

        var reading = Read(Two + filters);

        Assert.False(reading.HasErrors);
        Assert.Empty(Matched(reading, """{"v":1,"user":"u999"}"""));
        Assert.Equal(2, Matched(reading, """{"v":1,"user":"u1000"}""").Count);
    }

    [Fact]
    public void A_collection_gives_its_rules_what_stands_in_the_global_document_until_it_is_reset()
    {
        var reading = Read("""
            action: global
            level: high
            detection: { _f: { user: admin }, condition: s and not _f }
            ---
            title: One
            detection: { s: { v: 1 } }
            ---
            action: repeat
            title: Again
            detection: { s: { v: 2 } }
            ---
            action: reset
            ---
            title: Alone
            detection: { s: { v: 3 } }
            """);

        Assert.Equal("r.yml:15:12: 'condition' is missing", Assert.Single(reading.Problems, problem => problem.IsError).ToString());
        Assert.Equal(["One", "Again"], reading.Rules.Detections.Select(rule => rule.Title));
        Assert.All(reading.Rules.Detections, rule => Assert.Equal(Reeve.Audit.Findings.FindingLevel.High, rule.Level));
        Assert.Equal(["One"], Matched(reading, """{"v":1}"""));
        Assert.Equal(["Again"], Matched(reading, """{"v":2}"""));
        Assert.Empty(Matched(reading, """{"v":1,"user":"admin"}"""));
    }

    [Theory]
    [MemberData(nameof(CorrelationErrors))]
    public void Errors_of_correlations_say_where_and_what(string correlation, string expected)
    {
        var reading = Read($"title: A\nname: a\ndetection: {{ s: {{ v: 1 }}, condition: s }}\n---\n{{ title: B, name: b, detection: {{ s: {{ v: 1 }}, condition: s }} }}\n---\ntitle: C\nid: c1\ncorrelation: {correlation}\n");

        Assert.StartsWith(expected, Assert.Single(reading.Problems, problem => problem.IsError).ToString()["r.yml:".Length..], StringComparison.Ordinal);
        Assert.Equal((2, 0), (reading.Rules.Detections.Length, reading.Rules.Correlations.Length));
    }

    [Fact]
    public void Correlations_stand_behind_those_they_refer_to_and_parts_are_silent()
    {
        var reading = Read($"title: Upper\nid: u\ncorrelation: {{ type: temporal_ordered, rules: [lower, b], timespan: 1h }}\n---\ntitle: Lower\nname: lower\ncorrelation: {{ type: event_count, rules: [a], timespan: 90s, condition: {{ gt: 2, lte: 5 }} }}\n---\n{Two}");

        Assert.False(reading.HasErrors, string.Join("; ", reading.Problems));
        Assert.Equal([("Lower", false), ("Upper", true)], reading.Rules.Correlations.Select(rule => (rule.Title, rule.Alerts)));
        Assert.Equal([false, false], reading.Rules.Detections.Select(rule => rule.Alerts));
        Assert.Equal(TimeSpan.FromSeconds(90), reading.Rules.Correlations[0].Timespan);
        Assert.Equal([false, false, false, true, true, true, false], Enumerable.Range(0, 7).Select(count => reading.Rules.Correlations[0].Bounds.All(bound => bound.Holds(count))));
    }

    [Fact]
    public void A_correlation_that_generates_leaves_its_rules_their_voice()
    {
        var reading = Read($"{Two}---\ntitle: C\ngenerate: true\ncorrelation: {{ type: event_count, rules: [a], timespan: 1m, condition: {{ gte: 2 }} }}\n");

        Assert.All(reading.Rules.Detections, rule => Assert.True(rule.Alerts));
    }

    [Fact]
    public void Correlations_in_a_circle_are_an_error_of_each_once()
    {
        var reading = Read("title: A\nid: a\ncorrelation: { type: temporal, rules: [b], timespan: 1h }\n---\ntitle: B\nid: b\ncorrelation: { type: temporal, rules: [a], timespan: 1h }\n");

        Assert.Equal(
            ["r.yml:1:1: the correlation 'A' refers to itself by way of others", "r.yml:3:40: the correlation 'b' it refers to cannot run"],
            reading.Problems.Where(problem => problem.IsError).Select(problem => problem.ToString()));
        Assert.Empty(reading.Rules.Correlations);
    }

    [Fact]
    public void A_broken_correlation_is_reported_once_however_many_refer_to_it()
    {
        var reading = Read($"title: A\nid: u\ncorrelation: {{ type: temporal, rules: [broken], timespan: 1h }}\n---\ntitle: B\nid: broken\ncorrelation: {{ type: temporal, rules: [gone], timespan: 1h }}\n---\n{Two}");

        Assert.Equal(2, reading.Problems.Count(problem => problem.IsError));
        Assert.Equal(2, reading.Rules.Detections.Length);
    }

    [Fact]
    public void A_name_that_is_taken_is_remarked_on()
    {
        var reading = Read(Two + "---\ntitle: Three\nname: b\ndetection: { s: { v: 3 }, condition: s }\n");

        Assert.Equal("r.yml:10:1: the name 'b' is taken: correlations that refer to it mean the rule at r.yml:6:1", Assert.Single(reading.Problems, problem => problem.Check == "name-taken").ToString());
        Assert.Equal(3, reading.Rules.Detections.Length);
    }

    private static RuleReading Read(string text) => SigmaReader.Read([new RuleFile("r.yml", text)], new SigmaOptions());

    private static List<string> Matched(RuleReading reading, string json) => new RuleSession(reading.Rules).Match(JsonDocument.Parse(json).RootElement);
}
