namespace Reeve.Detection.Tests.Guide;

/// <summary>Texts of rules as Markdown.</summary>
internal static class Markdown
{
    /// <summary>A text that means nothing but itself.</summary>
    public static string Escape(string text) => string.Concat(text.Select(c => c is '\\' or '*' or '_' or '<' or '[' or ']' or '`' ? $"\\{c}" : $"{c}"));

    /// <summary>A table.</summary>
    public static string Table(string[] head, IEnumerable<string[]> rows)
    {
        string[][] lines = [head, [.. head.Select(_ => "---")], .. rows];
        return string.Concat(lines.Select(cells => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n"));
    }
}

/// <summary>Links between the pages.</summary>
internal static class Links
{
    /// <summary>To a rule's page, from a folder.</summary>
    public static string To(ShippedFile file, string folder) => $"[{Markdown.Escape(file.Rule.Title)}]({folder}{file.Path}.md)";

    /// <summary>A technique by its id; no page of the outside is linked, so that nothing is fetched.</summary>
    public static string Attack(string id) => $"ATT&CK {id.ToUpperInvariant()}";
}
