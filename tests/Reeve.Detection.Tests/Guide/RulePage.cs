using System.Text;
using Reeve.Audit.Findings;
using Reeve.Detection.Needs;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Tests.Guide;

/// <summary>The page of a rule in <c>docs/guide/rules</c>.</summary>
internal static class RulePage
{
    /// <summary>The page of the rule in a file.</summary>
    public static string Of(ShippedFile file)
    {
        var rule = file.Rule;
        var page = new StringBuilder()
            .Append($"# {rule.Title}\n\n")
            .Append("<!-- generated, see CONTRIBUTING.md -->\n")
            .Append($"**{rule.Level.ToName()}** · [{file.Path}.yml](../../../../content/rules/{file.Path}.yml) · [all rules](../README.md)\n\n")
            .Append($"{Markdown.Escape(rule.Description.TrimEnd())}\n\n");
        Section(page, "What it needs", [
            $"audit level {file.Needs.Level}{(file.Needs.FullLevel > file.Needs.Level ? $"; with {file.Needs.FullLevel} it finds more" : "")}",
            $"stage {Words(file.Needs.Stages, last: "or")}",
            $"verb {Words(file.Needs.Verbs, "any")}",
            $"resource {Words(file.Needs.Resources, "any")}",
            .. file.Lists.Select(list => $"list `{list}`{(rule.RequiresLists.Contains(list) ? ": the rule waits until something stands on it" : ", empty unless a team fills it")}"),
        ]);
        if (rule is DetectionRule { AlertPer: AlertScope.Actor })
            page.Append("One alert is for all that an actor does in this way, not for each object.\n\n");
        Section(page, "What else sets it off", rule.FalsePositives.Select(Markdown.Escape));
        Section(page, "What it is for", [
            .. file.Tags("attack.t").Select(id => $"{Links.Attack("T" + id)} {CoverageData.NameOf("T" + id)}"),
            .. file.Tags("threat-matrix.").Select(id => $"{id.ToUpperInvariant()} {CoverageData.ThreatMatrix.First(item => item.Id.Equals(id, StringComparison.OrdinalIgnoreCase)).Name}"),
            .. file.Tags("catalogue.").Select(id => $"{id.ToUpperInvariant()} {CoverageData.Behaviours.First(item => item.Id == id).Name}"),
        ]);
        return page.Append($"## The rule\n\n```yaml\n{file.Text.TrimEnd()}\n```\n").ToString();
    }

    private static void Section(StringBuilder page, string title, IEnumerable<string> lines) =>
        page.Append($"## {title}\n\n").Append(string.Concat(lines.Select(line => $"* {line}\n"))).Append('\n');

    private static string Words(IReadOnlyList<string> words, string none = "", string? last = null) => words.Count == 0 ? none
        : last is null || words.Count == 1 ? string.Join(", ", words)
        : $"{string.Join(", ", words.SkipLast(1))} {last} {words[^1]}";
}
