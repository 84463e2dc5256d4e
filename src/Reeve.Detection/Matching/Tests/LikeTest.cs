using Reeve.Detection.Conditions;

namespace Reeve.Detection.Matching.Tests;

/// <summary>
/// A pattern with wildcards. Behind a <see cref="LikeKind.Many"/> the first place that fits is taken and only later ones are
/// tried after it, so that no pattern takes longer than its length times the value's.
/// </summary>
internal sealed class LikeTest(IReadOnlyList<LikePiece> pieces, bool cased) : CharTest
{
    private readonly LikePiece[] _pieces = [.. pieces];
    private readonly StringComparison _comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    public override int Cost => 8;

    protected override bool Passes(ReadOnlySpan<char> value)
    {
        var (piece, at) = (0, 0);
        var (afterMany, begun) = (-1, 0);
        while (true)
        {
            if (piece == _pieces.Length && at == value.Length)
                return true;
            if (piece < _pieces.Length && _pieces[piece].Kind == LikeKind.Many)
                (afterMany, begun) = (++piece, at);
            else if (piece < _pieces.Length && TryTake(_pieces[piece], value, ref at))
                piece++;
            else if (afterMany == _pieces.Length)
                return true;
            else if (afterMany < 0 || !TryBeginLater(_pieces[afterMany], value, ref begun))
                return false;
            else
                (piece, at) = (afterMany, begun);
        }
    }

    private bool TryTake(LikePiece piece, ReadOnlySpan<char> value, ref int at)
    {
        if (piece.Kind == LikeKind.One)
        {
            if (at == value.Length)
                return false;
            at += StepAt(value, at);
            return true;
        }

        if (!value[at..].StartsWith(piece.Text, _comparison))
            return false;
        at += piece.Text.Length;
        return true;
    }

    private bool TryBeginLater(LikePiece piece, ReadOnlySpan<char> value, ref int begun)
    {
        if (begun == value.Length)
            return false;
        begun++;
        if (piece.Kind == LikeKind.One)
            return true;
        var found = value[begun..].IndexOf(piece.Text, _comparison);
        begun += found;
        return found >= 0;
    }

    private static int StepAt(ReadOnlySpan<char> value, int at) => at + 1 < value.Length && char.IsSurrogatePair(value[at], value[at + 1]) ? 2 : 1;
}
