using System.Collections.Immutable;
using System.Text;
using Reeve.Audit.Fields;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Sigma.Values;

namespace Reeve.Detection.Sigma.Modifiers;

/// <summary>The modifier <c>expand</c>: names between percent signs stand for lists that the user gave, or for fields of the event.</summary>
internal static class Placeholders
{
    private const int MostTexts = 10_000;

    /// <summary>The condition that one of the expanded texts is met.</summary>
    public static Condition Expand(DetectionItem item, SigmaValue value, SigmaOptions options, Func<ValueTest, Condition> where)
    {
        var pieces = Parse(value.Raw!);
        var known = pieces.Where(piece => piece.IsName && options.Placeholders.ContainsKey(piece.Text)).ToList();
        if (known.Count == pieces.Count(piece => piece.IsName))
            return where(FromLists(item, value, pieces, options));
        if (known.Count > 0)
            throw item.Wrong(value, $"%{known[0].Text}% is a list and another placeholder is not; one value takes one sort");
        if (options.IsAuditOnly && pieces.Find(piece => piece.IsName && !AuditFields.IsKnown(piece.Text)) is { } unknown)
            throw item.Wrong(value, Unknown(unknown.Text, options));
        var around = item.Relation != FieldRelation.Equals || SigmaText.Parse(value.Raw!).Any(piece => piece.Kind != LikeKind.Text);
        if (around)
            throw item.Wrong(value, $"no values are declared for {string.Join(", ", pieces.Where(piece => piece.IsName).Select(piece => $"%{piece.Text}%"))}, and a field of that name does not go with wildcards");
        return where(new ValueTest.IsExpanded(
            [.. pieces.Select(piece => piece.IsName ? new ExpandPiece("", RuleFields.Of(piece.Text)) : new ExpandPiece(Unescape(piece.Text)))], item.Cased));
    }

    private static string Unknown(string name, SigmaOptions options)
    {
        var near = NearestName.Find(name, options.Placeholders.Keys) ?? AuditFields.Nearest(name);
        return $"%{name}% is no list that was given, and no audit event has a field of that name{(near is null ? "" : $"; '{near}' may be meant")}";
    }

    private static ValueTest.AnyOf FromLists(DetectionItem item, SigmaValue value, List<Piece> pieces, SigmaOptions options)
    {
        IEnumerable<string> texts = [""];
        foreach (var piece in pieces)
        {
            IReadOnlyList<string> each = piece.IsName ? options.Placeholders[piece.Text] : [piece.Text];
            texts = texts.SelectMany(begun => each.Select(text => begun + text));
        }

        var all = texts.Take(MostTexts + 1).ToList();
        if (all.Count > MostTexts)
            throw item.Wrong(value, $"its placeholders make more than {MostTexts} texts");
        var many = new LikePiece(LikeKind.Many);
        var (before, after) = (item.Relation is FieldRelation.Contains or FieldRelation.EndsWith, item.Relation is FieldRelation.Contains or FieldRelation.StartsWith);
        return new ValueTest.AnyOf([.. all.Select(text => TextTests.Of(
            [.. before ? [many] : Array.Empty<LikePiece>(), .. SigmaText.Parse(text), .. after ? [many] : Array.Empty<LikePiece>()], item.Cased))]);
    }

    private static string Unescape(string text) => string.Concat(SigmaText.Parse(text).Select(piece => piece.Text));

    // A backslash before a percent sign makes it a plain one, where those behind it pair up without it: in \%plain%name% it does,
    // in C:\Users\%name%\x it is the end of a folder.
    private static List<Piece> Parse(string text)
    {
        var pieces = new List<Piece>();
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '%' && text.AsSpan(at + 2).Count('%') % 2 == 0)
            {
                plain.Append(text[++at]);
                continue;
            }

            var end = text[at] == '%' ? text.IndexOf('%', at + 1) : -1;
            if (end <= at + 1 || text.AsSpan(at + 1, end - at - 1).ContainsAny(' ', '\\'))
            {
                plain.Append(text[at]);
                continue;
            }

            pieces.Add(new Piece(plain.ToString(), IsName: false));
            plain.Clear();
            pieces.Add(new Piece(text[(at + 1)..end], IsName: true));
            at = end;
        }

        pieces.Add(new Piece(plain.ToString(), IsName: false));
        return [.. pieces.Where(piece => piece.IsName || piece.Text.Length > 0)];
    }

    private sealed record Piece(string Text, bool IsName);
}
