using System.Text.Json;
using Reeve.Audit.Findings;
using Reeve.Detection.Falco;
using Reeve.Detection.Rules;
using Reeve.Detection.Tests.Support;

namespace Reeve.Detection.Tests.Falco;

/// <summary>Falco's own rules and the cases of its tests. Each is asked of the slow interpreter and of the matcher.</summary>
public sealed class FalcoCaseTests
{
    private static readonly Dictionary<string, FindingLevel> Levels = new(StringComparer.Ordinal)
    {
        ["WARNING"] = FindingLevel.Medium,
        ["NOTICE"] = FindingLevel.Low,
        ["INFO"] = FindingLevel.Informational,
    };

    [Theory]
    [InlineData("k8s_audit_rules.yaml", 48)]
    [InlineData("engine_v4_k8s_audit_rules.yaml", 32)]
    public void The_rules_of_Falco_load_unmodified(string file, int count)
    {
        var path = Repository.Shared("data", "rules", "falco", file);
        var reading = FalcoReader.Read([new RuleFile(path, File.ReadAllText(path))]);

        Assert.Empty(reading.Problems);
        var enabled = File.ReadLines(path).Count(line => line.StartsWith("- rule:", StringComparison.Ordinal)) - File.ReadLines(path).Count(line => line.Trim() == "enabled: false");
        Assert.Equal(enabled, reading.Rules.Detections.Length);
        Assert.InRange(reading.Rules.Detections.Length, count - 5, count);
    }

    [Fact]
    public void Events_set_off_the_rules_that_Falco_says()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("data", "cases", "falco.json")));
        using var overlays = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("data", "rules", "falco", "overlays.json")));
        var asserted = 0;
        foreach (var one in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            var reading = FalcoReader.Read(one.GetProperty("ruleSets").EnumerateArray().Select(name => File_(name.GetString()!, overlays.RootElement)));
            Assert.DoesNotContain(reading.Problems, problem => problem.IsError);
            var session = new RuleSession(reading.Rules);
            var fired = one.GetProperty("events").EnumerateArray().SelectMany(session.Match).ToList();
            var expected = one.GetProperty("expected");
            var name = one.GetProperty("id").GetString();
            if (expected.GetProperty("anyDetection").ValueKind != JsonValueKind.Null)
            {
                Assert.True(expected.GetProperty("anyDetection").GetBoolean() == (fired.Count > 0), $"{name}: {string.Join(", ", fired)}");
                asserted++;
            }

            foreach (var count in expected.GetProperty("exactCounts").EnumerateArray())
                Assert.True(count.GetProperty("count").GetInt32() == fired.Count(title => title == count.GetProperty("rule").GetString()), $"{name}: {string.Join(", ", fired)}");
            var levels = reading.Rules.Detections.Where(rule => fired.Contains(rule.Title)).Select(rule => rule.Level).ToHashSet();
            Assert.All(expected.GetProperty("atLeastOneOfPriority").EnumerateArray(), priority => Assert.Contains(Levels[priority.GetString()!], levels));
        }

        Assert.True(asserted >= 40, $"only {asserted} cases say anything");
    }

    [Fact]
    public void Every_field_that_Falco_documents_is_known()
    {
        using var fields = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("data", "rules", "falco", "fields.json")));
        foreach (var field in fields.RootElement.GetProperty("fields").EnumerateArray())
        {
            var argument = field.GetProperty("arg").GetString()!.Contains("Required", StringComparison.Ordinal) ? "[x]" : "";
            var reading = Rules.Of($"{field.GetProperty("name").GetString()}{argument} exists");
            Assert.True(!reading.HasErrors, string.Join("; ", reading.Problems));
        }
    }

    private static RuleFile File_(string name, JsonElement overlays) => name switch
    {
        "K8SAuditRules" => Read("k8s_audit_rules.yaml"),
        "K8SAuditEngineV4K8SAuditRules" => Read("engine_v4_k8s_audit_rules.yaml"),
        _ => new RuleFile(overlays.GetProperty(name).GetProperty("file").GetString()!, overlays.GetProperty(name).GetProperty("content").GetString()!),
    };

    private static RuleFile Read(string file) => new(file, File.ReadAllText(Repository.Shared("data", "rules", "falco", file)));
}
