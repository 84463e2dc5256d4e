using System.Text.RegularExpressions;
using Reeve.Detection.Conditions;
using Reeve.Detection.Sigma.Values;

namespace Reeve.Detection.Sigma.Modifiers;

/// <summary>The modifier <c>windash</c>: every way to write the dashes of a command's options.</summary>
internal static partial class WindowsDashes
{
    // 5 to the power of 4.
    private const int MostDashes = 4;

    private static readonly char[] Dashes = ['-', '/', '–', '—', '―'];

    /// <summary>The value with each of its options' dashes written in each way.</summary>
    public static IEnumerable<SigmaValue> Of(DetectionItem item, SigmaValue value)
    {
        var raw = value.Raw!;
        var places = OptionDash().Matches(raw).Select(match => match.Index).ToList();
        if (places.Count > MostDashes)
            throw item.Wrong(value, $"the value has {places.Count} dashes to permute; {MostDashes} are all that 'windash' takes");
        IEnumerable<string> texts = [raw];
        foreach (var place in places)
            texts = texts.SelectMany(text => Dashes.Select(dash => $"{text[..place]}{dash}{text[(place + 1)..]}"));
        var (before, after) = (value.Pieces is [{ Kind: LikeKind.Many }, ..] && raw is not ['*', ..], value.Pieces is [.., { Kind: LikeKind.Many }] && raw is not [.., '*']);
        return texts.Select(text => value with
        {
            Raw = text,
            Pieces = [.. before ? [new LikePiece(LikeKind.Many)] : Array.Empty<LikePiece>(), .. SigmaText.Parse(text), .. after ? [new LikePiece(LikeKind.Many)] : Array.Empty<LikePiece>()],
        });
    }

    [GeneratedRegex(@"(?<!\w)[-/–—―](?=\w)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OptionDash();
}
