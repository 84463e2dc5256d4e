using System.Collections.Immutable;
using System.Text.Json;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Detection.Tests.Support;

namespace Reeve.Detection.Tests.Sigma;

public sealed class SigmaTableTests
{
    private static readonly SigmaOptions Options = new()
    {
        Placeholders = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("list", ["one", "two*"]),
    };

    public static TheoryData<string, string> Conditions => CaseTable.Two("Reeve.Detection.Tests", "Sigma", "conditions.txt");

    public static TheoryData<string, string> Values => CaseTable.Two("Reeve.Detection.Tests", "Sigma", "values.txt");

    public static TheoryData<string, string> Errors => CaseTable.Two("Reeve.Detection.Tests", "Sigma", "errors.txt");

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Conditions_hold(string condition, string values)
    {
        var session = new RuleSession(Read(
            $$"""
            title: t
            logsource: { product: kubernetes, service: audit }
            level: low
            # keep the lines of all tables alike
            detection: { a: { v: 1 }, b: { v: 2 }, _c: { v: 3 }, sel_x: { v: 4 }, sel_y: { v: 5 }, condition: '{{condition}}' }
            """));
        var matched = Enumerable.Range(1, 6).Where(value => session.Match(Json($$"""{"v":{{value}}}""")).Count > 0);
        Assert.Equal(values == "none" ? "" : values, string.Join(' ', matched));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_match(string item, string events)
    {
        var session = new RuleSession(Read($"title: t\ndetection:\n  a:\n    {item}\n  condition: a\n"));
        foreach (var (sign, json) in EventList.Parse(events))
            Assert.True(sign == session.Match(json).Count > 0, $"{item} and {json}");
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Errors_say_where_and_what(string detection, string expected)
    {
        var reading = SigmaReader.Read([new RuleFile("r.yml", $"title: t\nid: i\nlevel: low\nlogsource: {{}}\ndetection: {detection}\n")], Options);

        var problem = Assert.Single(reading.Problems, problem => problem.IsError);
        Assert.StartsWith(expected, problem.ToString()["r.yml:".Length..], StringComparison.Ordinal);
        Assert.Empty(reading.Rules.Detections);
    }

    private static RuleSet Read(string text)
    {
        var reading = SigmaReader.Read([new RuleFile("r.yml", text)], Options);
        Assert.True(!reading.HasErrors, string.Join("; ", reading.Problems));
        return reading.Rules;
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
