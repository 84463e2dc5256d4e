using System.Globalization;

namespace Reeve.Audit.Sentences;

/// <summary>Values of an event as text that cannot act on the reader's screen.</summary>
public static class Printable
{
    /// <summary>The characters shown of one value.</summary>
    public const int MaxLength = 160;

    /// <summary>
    /// The value on one line, at most <see cref="MaxLength"/> characters, with control and direction-changing characters
    /// (an override can make one name look like another) and lone surrogates as U+FFFD.
    /// </summary>
    public static string Text(string value)
    {
        if (value.Length <= MaxLength && !value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return value;
        var cut = value.Length <= MaxLength ? value : string.Concat(value.AsSpan(0, MaxLength - 1), "…");
        return string.Concat(cut.EnumerateRunes().Select(Shown));
    }

    private static string Shown(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse => "\ufffd",
        _ => rune.ToString(),
    };
}
