namespace Reeve.Detection.Tests.Guide;

/// <summary>Texts of rules as Markdown of GitHub.</summary>
internal static class Markdown
{
    private const string Special = "\\*_<[]`~&$";

    // Where a line begins with one, a heading or a quotation would begin, and an underlined one end.
    private const string SpecialAtStart = "#>+=";

    /// <summary>A text of one line that means nothing but itself.</summary>
    public static string Escape(string text) => string.Concat(text.Select(c => Special.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));

    /// <summary>The same of several lines; those that begin with a dash stay a list.</summary>
    public static string EscapeLines(string text) => string.Join('\n', text.Split('\n').Select(line =>
    {
        var escaped = Escape(line);
        var start = escaped.Length - escaped.TrimStart(' ').Length;
        return start < escaped.Length && SpecialAtStart.Contains(escaped[start], StringComparison.Ordinal) ? escaped.Insert(start, "\\") : escaped;
    }));

    /// <summary>Something as it is written in an event or a rule.</summary>
    public static string Code(string text) => $"`{text}`";

    /// <summary>A block of code, whatever stands in it.</summary>
    public static string Fenced(string language, string text)
    {
        var fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
            fence += '`';
        return $"{fence}{language}\n{text.TrimEnd()}\n{fence}\n";
    }

    /// <summary>A table. Its cells are Markdown already.</summary>
    public static string Table(string[] head, IEnumerable<string[]> rows)
    {
        string[][] lines = [head, [.. head.Select(_ => "---")], .. rows];
        return string.Concat(lines.Select(cells => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n"));
    }
}
