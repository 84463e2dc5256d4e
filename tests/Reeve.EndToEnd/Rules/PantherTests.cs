using System.Text.Json.Nodes;
using Reeve.Detection.Yaml;

namespace Reeve.EndToEnd.Rules;

/// <summary>
/// The unit tests of another project's rules (<c>../shared/data/cases/panther.json</c>), each case by itself: a rule of ours for the same
/// row of the catalogue has to fire where theirs does, and not where theirs does not. Where the two disagree, <c>disagreements.yml</c> says
/// who is right, and why.
/// </summary>
public sealed class PantherTests
{
    [Fact]
    public void Our_rules_agree_with_theirs_but_where_it_is_written_down_why_not()
    {
        var rows = RowsByRule();
        var cases = JsonNode.Parse(File.ReadAllText(Repository.Shared("data", "cases", "panther.json")))!["cases"]!.AsArray().Where(IsComparable).ToList();
        var disagreements = cases.Where(one => Fires(one!, rows[(string)one!["ruleId"]!]) != (bool)one["expected"]!).Select(one => (string)one!["id"]!).ToList();
        var whole = cases.Where(one => one!["missingFields"]!.AsArray().Count == 0).Select(one => (string)one!["id"]!).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Written().Order(StringComparer.Ordinal), disagreements.Order(StringComparer.Ordinal));
        Assert.InRange(Share(cases.Count, disagreements.Count), 0.90, 1);
        Assert.InRange(Share(whole.Count, disagreements.Count(whole.Contains)), 0.95, 1);
    }

    private static double Share(int all, int disagreements) => (all - disagreements) / (double)all;

    // Those that fire by a look into some list of theirs, or only when there are several, say nothing about an event.
    private static bool IsComparable(JsonNode? one) =>
        !(bool)one!["expected"]! || (one["enrichment"] is null && ((int?)one["threshold"] ?? 1) <= 1);

    private static bool Fires(JsonNode one, IReadOnlySet<string> rows) =>
        ShippedScan.Of(one["input"]!).Alerts.Any(alert => alert.Rule.Tags.Any(rows.Contains));

    private static Dictionary<string, IReadOnlySet<string>> RowsByRule()
    {
        var rows = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var row in JsonNode.Parse(File.ReadAllText(Repository.Shared("data", "detection-catalogue.json")))!["rows"]!.AsArray())
        {
            foreach (var rule in new[] { "Panther", "Panther-query" }.SelectMany(peer => row!["peers"]![peer]?.AsArray() ?? []))
            {
                if (!rows.TryGetValue((string)rule!, out var known))
                    rows.Add((string)rule!, known = new HashSet<string>(StringComparer.Ordinal));
                ((HashSet<string>)known).Add("catalogue." + ((string)row!["id"]!).ToLowerInvariant());
            }
        }

        return rows;
    }

    private static IEnumerable<string> Written()
    {
        var path = Path.Combine(Repository.Root, "tests", "Reeve.EndToEnd", "Rules", "disagreements.yml");
        foreach (var (key, value) in ((YamlMapping)YamlTree.Parse(File.ReadAllText(path))!).Entries)
        {
            var why = ((YamlMapping)value).Entries.ToDictionary(entry => entry.Key.Value, entry => ((YamlScalar)entry.Value).Value, StringComparer.Ordinal);
            Assert.Contains(why["right"], new[] { "ours", "theirs", "both" });
            Assert.NotEmpty(why["why"]);
            yield return key.Value;
        }
    }
}
