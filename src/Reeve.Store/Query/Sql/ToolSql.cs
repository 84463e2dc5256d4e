using Reeve.Audit.Callers;

namespace Reeve.Store.Query.Sql;

/// <summary>The program behind <c>agent</c>: the rows of <see cref="ToolTable"/>, else the first product.</summary>
internal static class ToolSql
{
    private const string Agent = "trimLeft(agent)";

    // One function of `agent` alone is computed once for each of its few distinct values; most agents need no more than that.
    private const string FirstName = "replaceRegexpOne(extract(agent, '^ *([^ (/]+|[^ (]*)'), '^(.+)[.]exe\\\\z', '\\\\1')";
    private const string FirstVersion = "extract(agent, '^ *[^ (/]+/([^ (]*)')";

    public static string Name { get; } = Choose(row => Text(row.Name), FirstName);

    public static string Version { get; } = Choose(
        row => row.VersionAfter.Length == 0 ? "''" : $"extract(substring({Agent}, {After(row.VersionAfter)}), '^[^ ();/]*')", FirstVersion);

    private static string Choose(Func<ToolRow, string> value, string first)
    {
        var rows = ToolTable.Rows.ToArray();
        var begins = string.Join('|', rows.Select(row => row.Begins).Distinct(StringComparer.Ordinal));
        var branches = rows.Select(row => $"{Fits(row)}, {value(row)}");
        return $"if(match(agent, '^ *(?:{begins})'), multiIf({string.Join(", ", branches)}, {first}), {first})";
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
