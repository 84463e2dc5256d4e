using Reeve.Audit.Callers;

namespace Reeve.Store.Query.Sql;

/// <summary>The program behind <c>agent</c>: the rows of <see cref="ToolTable"/>, else the first product.</summary>
internal static class ToolSql
{
    private const string Agent = "trimLeft(agent)";
    private const string Product = $"extract({Agent}, '^[^ (]*')";
    private const string Slash = $"position({Product}, '/')";

    public static string Name { get; } = Choose(
        row => Text(row.Name), $"replaceRegexpOne(if({Slash} > 1, substring({Product}, 1, {Slash} - 1), {Product}), '^(.+)[.]exe\\\\z', '\\\\1')");

    public static string Version { get; } = Choose(
        row => row.VersionAfter.Length == 0 ? "''" : $"extract(substring({Agent}, {After(row.VersionAfter)}), '^[^ ();/]*')",
        $"if({Slash} > 1, substring({Product}, {Slash} + 1), '')");

    private static string Choose(Func<ToolRow, string> value, string other)
    {
        var branches = ToolTable.Rows.ToArray().Select(row => $"{Fits(row)}, {value(row)}");
        return $"multiIf({string.Join(", ", branches)}, {other})";
    }

    private static string Fits(ToolRow row)
    {
        var begins = $"startsWith({Agent}, {Text(row.Begins)})";
        return row.Holds.Length == 0 ? begins : $"({begins} AND position({Agent}, {Text(row.Holds)}) > 0)";
    }

    // Where the marker is missing, a place behind the end.
    private static string After(string marker) =>
        $"if(position({Agent}, {Text(marker)}) > 0, position({Agent}, {Text(marker)}) + {marker.Length}, length({Agent}) + 1)";

    private static string Text(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
