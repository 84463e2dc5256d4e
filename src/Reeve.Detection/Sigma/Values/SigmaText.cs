using System.Collections.Immutable;
using System.Text;
using Reeve.Detection.Conditions;

namespace Reeve.Detection.Sigma.Values;

/// <summary>Texts with wildcards (Sigma rules specification, String Wildcard and Escape Character).</summary>
internal static class SigmaText
{
    /// <summary>
    /// The pieces of a text: <c>*</c> and <c>?</c> are wildcards unless a backslash stands before them; a backslash before a backslash is
    /// one; any other stands for itself.
    /// </summary>
    public static ImmutableArray<LikePiece> Parse(string text)
    {
        var pieces = ImmutableArray.CreateBuilder<LikePiece>();
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '\\' && at + 1 < text.Length && text[at + 1] is '\\' or '*' or '?')
            {
                plain.Append(text[++at]);
                continue;
            }

            if (c is not ('*' or '?'))
            {
                plain.Append(c);
                continue;
            }

            Flush(pieces, plain);
            var kind = c == '*' ? LikeKind.Many : LikeKind.One;
            if (kind != LikeKind.Many || pieces.Count == 0 || pieces[^1].Kind != LikeKind.Many)
                pieces.Add(new LikePiece(kind));
        }

        Flush(pieces, plain);
        return pieces.ToImmutable();
    }

    private static void Flush(ImmutableArray<LikePiece>.Builder pieces, StringBuilder plain)
    {
        if (plain.Length > 0)
            pieces.Add(new LikePiece(LikeKind.Text, plain.ToString()));
        plain.Clear();
    }
}
