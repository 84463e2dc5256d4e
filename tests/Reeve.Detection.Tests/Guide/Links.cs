using Reeve.Audit.Findings;

namespace Reeve.Detection.Tests.Guide;

/// <summary>Links between the pages.</summary>
internal static class Links
{
    /// <summary>To a rule's page, from a folder.</summary>
    public static string To(ShippedFile file, string folder) => $"[{Markdown.Escape(file.Rule.Title)}]({folder}{file.Path}.md)";

    /// <summary>To the pages of rules with their levels, the gravest first.</summary>
    public static string To(IEnumerable<ShippedFile> files, string folder) =>
        string.Join("<br>", files.OrderByDescending(file => file.Rule.Level).ThenBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{To(file, folder)} ({file.Rule.Level.ToName()})"));
}
