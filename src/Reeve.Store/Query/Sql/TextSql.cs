using System.Text;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Query.Text;

namespace Reeve.Store.Query.Sql;

/// <summary>Free words and phrases: first through the indexes over words and ids, then, for what those cannot decide, in the event's JSON.</summary>
internal sealed class TextSql(SqlParameters parameters)
{
    // hasAllTokens takes no more; the rest of a longer phrase is left to the regular expression.
    private const int MostTokens = 64;

    private const string Plain = @"lower(replaceRegexpAll(raw, '\\\\u[0-9a-fA-F]{4}|\\\\.', ' '))";

    public string Contains(QueryValue value)
    {
        if (value.HasWildcards)
            return Matches(Wildcards(value));
        var pieces = EventText.Split(value.Literal);
        if (pieces.Count == 0)
            return $"positionCaseInsensitive(raw, {parameters.Add(value.Literal)}) > 0";
        var conditions = new List<string>();
        string[] words = [.. pieces.Where(piece => piece.Kind == PieceKind.Word).Select(piece => piece.Text).Distinct().Take(MostTokens)];
        if (words.Length > 0)
            conditions.Add($"hasAllTokens(words, {parameters.Add(words)})");
        foreach (var id in pieces.Where(piece => piece.Kind == PieceKind.Id).Distinct())
            conditions.Add($"has(ids, {parameters.Add(id.Text)})");
        if (pieces.Count > 1 || pieces[0].Kind == PieceKind.Time)
            conditions.Add(Matches(Phrase(pieces)));
        return $"({string.Join(" AND ", conditions)})";
    }

    /// <summary>
    /// What is true of every event that has the value as a text of its JSON, and is decided by the filter of ids: for a value with
    /// a UUID or a hash in it, so that events without are not read. Null where there is no such id.
    /// </summary>
    public string? HasIds(string literal)
    {
        // Others may stand escaped in the JSON.
        if (literal.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('=' or ':' or '-' or '.' or '_')))
            return null;
        var pieces = EventText.Split(literal);
        var ids = pieces.Where(piece => piece.Kind == PieceKind.Id).Distinct().Select(id => $"has(ids, {parameters.Add(id.Text)})").ToList();
        return ids.Count == 0 || pieces.Any(piece => piece.Kind == PieceKind.Time) ? null : string.Join(" AND ", ids);
    }

    private string Matches(string regex) => $"match({Plain}, {parameters.Add($"(?:^|{EventText.Separator})(?:{regex})(?:$|{EventText.Separator})")})";

    // An id may touch the word before it, as in `web-x123456`.
    private static string Phrase(IReadOnlyList<TextPiece> pieces)
    {
        var regex = new StringBuilder(Literal(pieces[0].Text));
        for (var i = 1; i < pieces.Count; i++)
        {
            var apart = pieces[i - 1].Kind == PieceKind.Word && pieces[i].Kind == PieceKind.Word;
            regex.Append(EventText.Separator).Append(apart ? '+' : '*').Append(Literal(pieces[i].Text));
        }

        return regex.ToString();
    }

    private static string Wildcards(QueryValue value)
    {
        var regex = new StringBuilder();
        var pattern = EventText.ToLower(value.Pattern);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
                regex.Append(@"[^\s""]*");
            else if (pattern[i] == '?')
                regex.Append(@"[^\s""]");
            else
                regex.Append(Literal(pattern.Substring(pattern[i] == '\\' ? ++i : i, 1)));
        }

        return regex.ToString();
    }

    private static string Literal(string text)
    {
        var regex = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c))
                regex.Append('\\');
            regex.Append(c);
        }

        return regex.ToString();
    }
}
