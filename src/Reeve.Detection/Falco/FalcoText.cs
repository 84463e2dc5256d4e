using Reeve.Detection.Falco.Files;
using Reeve.Detection.Falco.Language;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Falco;

/// <summary>The condition of a macro or rule as one text, which later files may have added to, and where in a file a position of it is.</summary>
internal static class FalcoText
{
    private static readonly string[] Checked = ["verb", "stage", "responseStatus.code"];

    /// <summary>Reads the condition.</summary>
    public static FalcoCondition Parse(FalcoEntry entry) => FalcoConditionParser.Parse(Whole(entry));

    /// <summary>The error at its place in a file; of a text over several lines only its beginning is known.</summary>
    public static RuleFormatException At(FalcoEntry entry, FalcoSyntaxException failure)
    {
        var at = failure.At;
        foreach (var (block, text) in entry.Conditions)
        {
            if (at > text.Value.Length && (block, text) != entry.Conditions[^1])
            {
                at -= text.Value.Length + 1;
                continue;
            }

            var isOneLine = !text.Value.AsSpan(0, Math.Clamp(at, 0, text.Value.Length)).ContainsAny('\n', '\r');
            var column = text.Column + (isOneLine ? at + (text.IsPlain ? 0 : 1) : 0);
            return new RuleFormatException(new RulePlace(block.File, text.Line, column), failure.Message);
        }

        return new RuleFormatException(entry.Block.Place, failure.Message);
    }

    /// <summary>Where the fields that checks speak of stand: at the beginning of the condition, as macros bring them from elsewhere.</summary>
    public static IEnumerable<WrittenItem> Written(FalcoEntry entry)
    {
        var (block, text) = entry.Conditions[0];
        return Checked.Select(name => new WrittenItem(name, [], new RulePlace(block.File, text.Line, text.Column)));
    }

    private static string Whole(FalcoEntry entry) => string.Join(' ', entry.Conditions.Select(piece => piece.Text.Value));
}
