using Reeve.Audit.Findings;

namespace Reeve.EndToEnd.Rules;

/// <summary>The shipped rules over ordinary days of a real cluster, and over a log as large as a real one.</summary>
public sealed class NormalWorkTests
{
    private const string Setup = "n00-start-and-setup";

    [Theory]
    [InlineData("permissive")]
    [InlineData("article-policy")]
    public void Ordinary_days_raise_nothing_above_low_and_one_low_alert_in_a_thousand_events(string folder)
    {
        var days = Directory.EnumerateFiles(Repository.Shared("data", "audit", folder), "n*.jsonl*")
            .Where(path => !Path.GetFileName(path).StartsWith(Setup, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => (Name: Path.GetFileName(path), Scan: ShippedScan.Of(path)))
            .ToList();
        Assert.NotEmpty(days);

        var above = days.Select(day => (day.Name, Alerts: day.Scan.Above(FindingLevel.Low).ToList())).Where(day => day.Alerts.Count > 0).ToList();
        Assert.True(above.Count == 0, $"above low in ordinary work:{string.Concat(above.Select(day => $"\n  {day.Name}:{ShippedScan.Describe(day.Alerts)}"))}");
        var low = days.SelectMany(day => day.Scan.Above(FindingLevel.Informational)).ToList();
        var events = days.Sum(day => day.Scan.Events);
        Assert.True((low.Count - 1) * 1000L < events, $"{low.Count} low alerts in {events} events of ordinary work:{ShippedScan.Describe(low)}");
    }

    [Theory]
    [InlineData("permissive")]
    [InlineData("article-policy")]
    public void Setting_up_a_cluster_raises_who_was_made_its_administrator_and_nothing_else(string folder)
    {
        var scenario = $"{folder}/{Setup}";
        var scan = ShippedScan.Of(ScenarioFile.LogOf(scenario));

        var beyond = scan.Above(FindingLevel.Informational).Where(alert => !ScenarioFile.Own.Scenarios[scenario].Any(expected => expected.IsMetBy(alert))).ToList();

        Assert.True(beyond.Count == 0, $"raised in {scenario}:{ShippedScan.Describe(beyond)}");
    }

    [Fact]
    public void A_rule_tells_of_an_actor_once_in_an_hour_of_heavy_load()
    {
        var scan = ShippedScan.Of(Repository.Shared("data", "audit", "bulk.jsonl.zst"));

        // The log begins with the setup of its cluster, in which each binding is an alert of its own.
        var setup = ScenarioFile.Own.Scenarios[$"permissive/{Setup}"];
        var again = scan.Above(FindingLevel.Low)
            .Where(alert => !setup.Any(expected => expected.IsMetBy(alert)))
            .GroupBy(alert => (alert.Rule.Id, alert.Actor, alert.First.Date, alert.First.Hour))
            .Where(group => group.Count() > 1)
            .OrderByDescending(group => group.Count())
            .ToList();

        Assert.True(
            again.Count == 0,
            $"several alerts of one rule about one actor within an hour:{string.Concat(again.Select(group => $"\n  {group.Count()} times, as:{ShippedScan.Describe(group.Take(2))}"))}");
    }
}
