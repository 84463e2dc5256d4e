using System.Text;
using Reeve.Audit.Findings;

namespace Reeve.Detection.Tests.Guide;

/// <summary>The page <c>docs/guide/rules/README.md</c>: all rules, folder by folder.</summary>
internal static class RuleIndex
{
    /// <summary>The page.</summary>
    public static string Text()
    {
        var page = new StringBuilder("# Rules\n\n<!-- generated, see CONTRIBUTING.md -->\n");
        page.Append("The rules that come with Reeve, in Sigma's words. [Coverage](../coverage.md) says what they are for, [Sigma rules](../sigma.md) how they are\n");
        page.Append("written and how to fill the lists they name, [alerts](../alerts.md) what becomes of what they find. The audit level is the least at which a rule\n");
        page.Append("can find something; with a list, it sleeps until something stands on it.\n");
        foreach (var folder in ShippedFile.All.GroupBy(file => file.Folder))
        {
            page.Append($"\n## {folder.Key}\n\n");
            page.Append(Markdown.Table(
                ["Rule", "Level", "What it finds", "Audit level", "List"],
                folder.OrderByDescending(file => file.Rule.Level).ThenBy(file => file.Path, StringComparer.Ordinal).Select(Row)));
        }

        return page.ToString();
    }

    private static string[] Row(ShippedFile file) =>
    [
        Links.To(file, ""), file.Rule.Level.ToName(), Markdown.Escape(file.FirstSentence), $"{file.Needs.Level}",
        string.Join(", ", file.Rule.RequiresLists.Select(Markdown.Code)),
    ];
}
