using Reeve.Audit.Findings;

namespace Reeve.EndToEnd.Rules;

/// <summary>What the shipped rules raise in attacks on a real cluster, beside what was written down from the logs.</summary>
public sealed class ScenarioTests
{
    private static readonly string[] Folders = ["permissive", "article-policy", "truncated"];

    public static TheoryData<string> Scenarios => [.. ScenarioFile.Own.Scenarios.Keys];

    public static TheoryData<string> OddOnes => [.. ScenarioFile.Own.Scenarios.Keys.Where(scenario => ScenarioFile.Own.Odd.Contains(Path.GetFileName(scenario)))];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void What_is_written_down_is_raised(string scenario)
    {
        var scan = ShippedScan.Of(ScenarioFile.LogOf(scenario));

        var missing = new List<string>();
        foreach (var expected in ScenarioFile.Own.Scenarios[scenario])
        {
            foreach (var row in expected.Rows.Where(row => !scan.Alerts.Any(alert => expected.IsMetBy(alert, row))))
                missing.Add($"{expected.Describe(row)}; instead:{ShippedScan.Describe(scan.Alerts.Where(alert => expected.IsNear(alert, row)))}");
        }

        Assert.True(
            missing.Count == 0,
            $"not raised in {scenario}:\n  {string.Join("\n  ", missing)}\n  raised above informational:{ShippedScan.Describe(scan.Above(FindingLevel.Informational))}");
    }

    [Theory]
    [MemberData(nameof(OddOnes))]
    public void Odd_input_raises_nothing_above_low_but_what_is_written_down(string scenario)
    {
        var scan = ShippedScan.Of(ScenarioFile.LogOf(scenario));

        var beyond = scan.Above(FindingLevel.Low).Where(alert => !ScenarioFile.Own.Scenarios[scenario].Any(expected => expected.IsMetBy(alert))).ToList();

        Assert.True(beyond.Count == 0, $"raised in {scenario}, which is no attack:{ShippedScan.Describe(beyond)}");
    }

    [Fact]
    public void Every_recorded_attack_is_written_down()
    {
        var recorded = Folders.SelectMany(folder => Directory
            .EnumerateFiles(Repository.Shared("data", "audit", folder), "a*.jsonl*")
            .Select(path => $"{folder}/{Path.GetFileName(path).Split('.')[0]}"));

        Assert.Equal(
            recorded.Order(StringComparer.Ordinal),
            ScenarioFile.Own.Scenarios.Keys.Where(scenario => Path.GetFileName(scenario)[0] == 'a').Order(StringComparer.Ordinal));
        Assert.Empty(ScenarioFile.Own.Odd.Except(ScenarioFile.Own.Scenarios.Keys.Select(scenario => Path.GetFileName(scenario)), StringComparer.Ordinal));
    }
}
