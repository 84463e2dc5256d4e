using System.Collections.Immutable;
using Reeve.Detection.Conditions;
using Reeve.Detection.Sigma.Values;

namespace Reeve.Detection.Sigma.Modifiers;

/// <summary>Tests of texts with wildcards; those that come down to the beginning, the end or the middle are told apart here.</summary>
internal static class TextTests
{
    /// <summary>The plainest test that says the same.</summary>
    public static ValueTest Of(ImmutableArray<LikePiece> pieces, bool cased) => Joined(pieces) switch
    {
        [] => new ValueTest.Is("", cased),
        [{ Kind: LikeKind.Text } text] => new ValueTest.Is(text.Text, cased),
        [{ Kind: LikeKind.Text } text, { Kind: LikeKind.Many }] => new ValueTest.StartsWith(text.Text, cased),
        [{ Kind: LikeKind.Many }, { Kind: LikeKind.Text } text] => new ValueTest.EndsWith(text.Text, cased),
        [{ Kind: LikeKind.Many }, { Kind: LikeKind.Text } text, { Kind: LikeKind.Many }] => new ValueTest.Contains(text.Text, cased),
        var other => new ValueTest.Like(other, cased),
    };

    /// <summary>The pieces of a value; of keywords anywhere in a text, as they are looked for in the whole log message.</summary>
    public static ImmutableArray<LikePiece> PiecesOf(DetectionItem item, SigmaValue value)
    {
        var pieces = value.Bytes is { } bytes ? [new LikePiece(LikeKind.Text, string.Concat(bytes.Select(b => (char)b)))] : value.Pieces;
        var many = new LikePiece(LikeKind.Many);
        return item.Field.Length == 0 ? [many, .. pieces, many] : pieces;
    }

    private static ImmutableArray<LikePiece> Joined(ImmutableArray<LikePiece> pieces) =>
        [.. pieces.Where((piece, at) => piece.Kind != LikeKind.Many || at == 0 || pieces[at - 1].Kind != LikeKind.Many)];
}
