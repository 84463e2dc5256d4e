using System.Text.RegularExpressions;

namespace Reeve.Store.Query.Text;

/// <summary>
/// What free text is looked for in: the words of an event's JSON, in lower case (ASCII), and apart from them its ids: UUIDs, hex of 16
/// digits or more, numbers of 6 digits or more. Times count as neither, an escape in the JSON separates words. The store's columns
/// <c>words</c> and <c>ids</c> follow the same patterns; a migration that changes one changes the other.
/// </summary>
internal static partial class EventText
{
    /// <summary>Characters that part words, as a class of a regular expression for RE2. Every character beyond ASCII belongs to a word.</summary>
    public const string Separator = @"[^a-z0-9\x{80}-\x{10FFFF}]";

    /// <summary>Takes what a person typed apart into what is looked up, in its order.</summary>
    public static IReadOnlyList<TextPiece> Split(string typed)
    {
        var text = ToLower(typed);
        var pieces = new List<TextPiece>();
        var at = 0;
        foreach (var match in Unindexed.EnumerateMatches(text))
        {
            AddWords(text.AsSpan(at, match.Index - at), pieces);
            at = match.Index + match.Length;
            var found = text[match.Index..at];
            pieces.Add(new TextPiece(found, found.Contains('t') ? PieceKind.Time : PieceKind.Id));
        }

        AddWords(text.AsSpan(at), pieces);
        return pieces;
    }

    /// <summary>Lower case for ASCII, as ClickHouse's <c>lower</c>.</summary>
    public static string ToLower(string text) => string.Create(text.Length, text, (into, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            into[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
    });

    private static void AddWords(ReadOnlySpan<char> text, List<TextPiece> pieces)
    {
        foreach (var match in Word.EnumerateMatches(text))
            pieces.Add(new TextPiece(text.Slice(match.Index, match.Length).ToString(), PieceKind.Word));
    }

    [GeneratedRegex(
        "[0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9:.]+z|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|[0-9]{6,}",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Unindexed { get; }

    [GeneratedRegex(@"[a-z0-9\u0080-\uFFFF]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word { get; }
}

/// <summary>A piece of free text.</summary>
/// <param name="Text">In lower case.</param>
/// <param name="Kind">How it is looked up.</param>
internal readonly record struct TextPiece(string Text, PieceKind Kind);

/// <summary>How a piece of free text is looked up.</summary>
internal enum PieceKind
{
    /// <summary>In the text index.</summary>
    Word,

    /// <summary>In the filter of ids.</summary>
    Id,

    /// <summary>Only in the JSON itself.</summary>
    Time,
}
