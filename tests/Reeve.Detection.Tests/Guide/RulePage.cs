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
            .Append($"# {Markdown.Escape(rule.Title)}\n\n")
            .Append("<!-- generated, see CONTRIBUTING.md -->\n")
            .Append($"**{rule.Level.ToName()}** · [{file.Path}.yml](../../../../content/rules/{file.Path}.yml) · [all rules](../README.md)\n\n")
            .Append($"{Markdown.EscapeLines(rule.Description.TrimEnd())}\n\n");
        Section(page, "What it is made of", file.Parts.Select(part => $"{Markdown.Code(part.Name)}: {Markdown.Escape(part.Title)}"));
        Section(page, "What an alert shows", Shown(file));
        if (rule is DetectionRule { AlertPer: AlertScope.Actor })
            page.Append("One alert is for all that an actor does in this way, not for each object.\n\n");
        Section(page, "What it needs", NeedsList.Of(file));
        Section(page, "What else sets it off", rule.FalsePositives.Select(Markdown.Escape));
        Section(page, "What it is for", [
            .. file.Tags("attack.t").Select(id => CoverageData.Attack.Of("T" + id)).Select(item => $"ATT&CK {Technique(item)}"),
            .. file.Tags("threat-matrix.").Select(CoverageData.ThreatMatrix.Of).Select(item => $"Threat Matrix {Technique(item)}"),
            .. file.Tags("catalogue.").Select(CoverageData.Behaviours.Of).Select(item => $"{item.Id.ToUpperInvariant()} {Markdown.Escape(item.Name)}"),
        ]);
        return page.Append($"## The rule\n\n{Markdown.Fenced("yaml", file.Text)}").ToString();
    }

    private static string Technique(CoverageItem item) => $"{item.Id} {Markdown.Escape(item.Name)} ({string.Join(", ", item.Tactics)})";

    // A correlation shows what it groups by, and the events.
    private static IEnumerable<string> Shown(ShippedFile file) => file.Rule switch
    {
        DetectionRule { Fields.IsEmpty: false } rule =>
        [
            "what made the rule match",
            .. rule.Fields.Select(field => $"{Markdown.Code(field.ToString()!)}{(FieldNeeds.FullLevel(field) is var level && level > file.Needs.Fully ? $", recorded at level {level}" : "")}"),
        ],
        DetectionRule => ["what made the rule match"],
        CorrelationRule rule => [.. rule.GroupBy.Select(field => Markdown.Code(field.Name)), "the events that it found together"],
        _ => [],
    };

    private static void Section(StringBuilder page, string title, IEnumerable<string> lines)
    {
        var list = string.Concat(lines.Select(line => $"* {line}\n"));
        if (list.Length > 0)
            page.Append($"## {title}\n\n{list}\n");
    }
}
