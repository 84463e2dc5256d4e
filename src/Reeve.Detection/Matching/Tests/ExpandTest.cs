using Reeve.Detection.Conditions;

namespace Reeve.Detection.Matching.Tests;

/// <summary>The value is a text with the values of other fields put in.</summary>
internal sealed class ExpandTest(IReadOnlyList<ExpandPiece> pieces, bool cased) : BytesTest
{
    // More combinations than any rule needs; an event's lists could make any number.
    private const int MostTexts = 1000;

    public override int Cost => 30;

    public override bool NeedsEvent => true;

    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session)
    {
        var text = session.Decode(value).ToString();
        IEnumerable<string> texts = [""];
        foreach (var piece in pieces)
        {
            if (piece.Field is null)
            {
                texts = texts.Select(begun => begun + piece.Text);
                continue;
            }

            var values = new List<string>();
            session.Read(piece.Field, values);
            texts = texts.SelectMany(begun => values.Select(each => begun + each));
        }

        return texts.Take(MostTexts).Any(each => string.Equals(text, each, cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase));
    }
}
