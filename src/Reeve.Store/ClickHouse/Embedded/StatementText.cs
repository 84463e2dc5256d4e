using System.Text.RegularExpressions;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>The few parts of a statement's text that the host must know beside the engine.</summary>
internal static partial class StatementText
{
    /// <summary>An INSERT whose data follows: its text without the FORMAT clause, and the format.</summary>
    public static bool TrySplitInsert(string sql, out string insert, out string format)
    {
        var match = InsertFormat().Match(sql);
        insert = match.Success ? match.Groups["insert"].Value : "";
        format = match.Success ? match.Groups["format"].Value : "";
        return match.Success;
    }

    /// <summary>The format that the statement asks for itself; null where it has no FORMAT clause at its end.</summary>
    public static string? FormatOf(string sql)
    {
        var match = LastFormat().Match(sql);
        return match.Success ? match.Groups["format"].Value : null;
    }

    /// <summary>The id in <c>KILL QUERY WHERE query_id = '…'</c>; null for any other statement.</summary>
    public static string? KilledId(string sql)
    {
        var match = KillById().Match(sql);
        return match.Success ? match.Groups["id"].Value : null;
    }

    [GeneratedRegex(@"^(?<insert>\s*INSERT\s+INTO\s.*)\sFORMAT\s+(?<format>\w+)\s*;?\s*$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InsertFormat();

    [GeneratedRegex(@"\sFORMAT\s+(?<format>\w+)\s*(SETTINGS\s[^']*)?;?\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastFormat();

    [GeneratedRegex(@"^\s*KILL\s+QUERY\s+WHERE\s+query_id\s*=\s*'(?<id>[^'\\]*)'\s*(ASYNC|SYNC)?\s*;?\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KillById();
}
