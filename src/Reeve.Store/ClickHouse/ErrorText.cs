using System.Globalization;

namespace Reeve.Store.ClickHouse;

/// <summary>ClickHouse's error text: <c>Code: N. DB::Exception: message (NAME) (version …)</c>.</summary>
internal static class ErrorText
{
    private const string Start = "Code: ";

    /// <summary>The code in front of the text; 0 where there is none.</summary>
    public static int CodeOf(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf(Start, StringComparison.Ordinal);
        if (at < 0)
            return 0;
        var digits = text[(at + Start.Length)..];
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;
    }

    /// <summary>The first line, at most 1,000 characters: the rest may quote the rows.</summary>
    public static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0)
            line = line[..end];
        return line.Length > 1000 ? string.Concat(line[..1000], "…") : line.ToString();
    }
}
