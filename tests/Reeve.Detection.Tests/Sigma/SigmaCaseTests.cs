using System.Text;
using System.Text.Json;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Detection.Tests.Support;

namespace Reeve.Detection.Tests.Sigma;

/// <summary>Cases of other engines. Each is asked of the slow interpreter and of the matcher.</summary>
public sealed class SigmaCaseTests
{
    [Fact]
    public void Rules_match_the_events_that_rsigma_says()
    {
        using var cases = Cases("sigma-eval-cases.json");
        var count = 0;
        foreach (var group in cases.RootElement.GetProperty("groups").EnumerateObject().SelectMany(group => group.Value.EnumerateArray()).Where(IsSigma21))
        {
            var session = new RuleSession(Read(group.GetProperty("rule").GetString()!));
            foreach (var assertion in group.GetProperty("assertions").EnumerateArray())
            {
                var matched = session.Match(assertion.GetProperty("event"));
                Assert.True(assertion.GetProperty("expectedMatches").GetInt32() == matched.Count, $"{Name(group)}: {string.Join(", ", matched)} match {assertion}");
                count++;
            }
        }

        Assert.True(count >= 40, $"only {count} assertions");
    }

    [Fact]
    public void Rules_match_the_events_that_sigma_rust_says_but_for_its_null()
    {
        using var cases = Cases("sigma-rust-cases.json");
        var others = 0;
        foreach (var one in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            var session = new RuleSession(Read(one.GetProperty("rule").GetString()!));
            foreach (var assertion in one.GetProperty("assertions").EnumerateArray())
            {
                // Our null is "absent or null", as most backends have it; sigma-rust's is null only.
                var isOtherNull = Name(one) == "test_match_null_fields" && !assertion.GetProperty("event").TryGetProperty("CommandLine", out _);
                others += isOtherNull ? 1 : 0;
                Assert.True((assertion.GetProperty("expected").GetBoolean() ^ isOtherNull) == session.Match(assertion.GetProperty("event")).Count > 0, $"{Name(one)}: {assertion}");
            }
        }

        Assert.Equal(1, others);
    }

    [Fact]
    public void Modifiers_do_what_rsigma_says()
    {
        using var cases = Cases("sigma-modifier-cases.json");
        foreach (var one in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            var modifiers = string.Concat(one.GetProperty("modifiers").EnumerateArray().Select(modifier => "|" + modifier.GetString()!.ToLowerInvariant()));
            var rule = $"""
                title: {Name(one)}
                detection:
                    selection:
                        {one.GetProperty("field").GetString()}{modifiers}: {one.GetProperty("values").GetRawText()}
                    condition: selection
                """;
            var session = new RuleSession(Read(rule));
            foreach (var assertion in one.GetProperty("assertions").EnumerateArray())
                Assert.True(assertion.GetProperty("expected").GetBoolean() == session.Match(assertion.GetProperty("event")).Count > 0, $"{Name(one)}: {assertion}");
        }
    }

    [Fact]
    public void The_rules_of_SigmaHQ_for_audit_logs_all_run()
    {
        var files = Directory.GetFiles(Repository.Shared("data", "rules", "sigma"), "*.yml").Select(file => new RuleFile(file, File.ReadAllText(file))).ToList();

        var reading = SigmaReader.Read(files, new SigmaOptions());

        Assert.Empty(reading.Problems);
        Assert.Equal(files.Count, reading.Rules.Detections.Length);
        Assert.All(reading.Rules.Detections, rule => Assert.True(rule.LogSource.IsAuditLog && rule.Alerts && rule.Title.Length > 0));
    }

    // The others of their kind try a proposal outside of Sigma 2.1.
    private static bool IsSigma21(JsonElement test) =>
        !Name(test).StartsWith("array_", StringComparison.Ordinal)
        || Name(test).StartsWith("array_implicit_", StringComparison.Ordinal) || Name(test) == "array_brackets_literal_field_below_v3";

    private static string Name(JsonElement test) => test.GetProperty("id").GetString()!;

    private static JsonDocument Cases(string file) => JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("data", "cases", file)));

    private static RuleSet Read(string text)
    {
        var reading = SigmaReader.Read([new RuleFile("rule.yml", text)], new SigmaOptions());
        Assert.DoesNotContain(reading.Problems, problem => problem.IsError);
        return reading.Rules;
    }
}
