using System.Collections.Frozen;
using System.Text;
using Reeve.Detection.Conditions;
using Reeve.Detection.Sigma.Values;

namespace Reeve.Detection.Sigma.Modifiers;

/// <summary>Every modifier of Sigma 2.1 (appendix Modifiers), and <c>every</c>, which is ours: what it does to an item. A new one is a row.</summary>
internal static class SigmaModifiers
{
    // Of a single byte, one of the three places leaves nothing that is known.
    private const int LeastOffset = 2;

    private static readonly LikePiece Many = new(LikeKind.Many);

    private static readonly FrozenDictionary<string, Action<DetectionItem>> All = new Dictionary<string, Action<DetectionItem>>(StringComparer.Ordinal)
    {
        ["contains"] = item => Around(item, "contains", FieldRelation.Contains, before: true, after: true),
        ["startswith"] = item => Around(item, "startswith", FieldRelation.StartsWith, before: false, after: true),
        ["endswith"] = item => Around(item, "endswith", FieldRelation.EndsWith, before: true, after: false),
        ["all"] = item => item.All = true,
        ["every"] = item => item.Every = true,
        ["cased"] = item => item.Cased = true,
        ["neq"] = item => item.Negated = true,
        ["exists"] = item => item.Become(ItemKind.Exists, "exists"),
        ["re"] = Pattern,
        ["i"] = item => Flag(item, "i", () => item.IgnoreCase = true),
        ["m"] = item => Flag(item, "m", () => item.Multiline = true),
        ["s"] = item => Flag(item, "s", () => item.Singleline = true),
        ["windash"] = item => Texts(item, "windash", value => WindowsDashes.Of(item, value)),
        ["base64"] = item => Bytes(item, "base64", 0, bytes => [Convert.ToBase64String(bytes)]),
        ["base64offset"] = item => Bytes(item, "base64offset", LeastOffset, Base64Offsets),
        ["utf16le"] = item => Encode(item, "utf16le", Encoding.Unicode, []),
        ["wide"] = item => Encode(item, "wide", Encoding.Unicode, []),
        ["utf16be"] = item => Encode(item, "utf16be", Encoding.BigEndianUnicode, []),
        ["utf16"] = item => Encode(item, "utf16", Encoding.Unicode, [0xFF, 0xFE]),
        ["lt"] = item => Compare(item, "lt", Comparison.Less),
        ["lte"] = item => Compare(item, "lte", Comparison.LessOrEqual),
        ["gt"] = item => Compare(item, "gt", Comparison.Greater),
        ["gte"] = item => Compare(item, "gte", Comparison.GreaterOrEqual),
        ["minute"] = item => Part(item, "minute", TimePart.Minute),
        ["hour"] = item => Part(item, "hour", TimePart.Hour),
        ["day"] = item => Part(item, "day", TimePart.Day),
        ["week"] = item => Part(item, "week", TimePart.Week),
        ["month"] = item => Part(item, "month", TimePart.Month),
        ["year"] = item => Part(item, "year", TimePart.Year),
        ["cidr"] = item => item.Become(ItemKind.Network, "cidr"),
        ["expand"] = item => item.Become(ItemKind.Expand, "expand"),
        ["fieldref"] = item => item.Become(ItemKind.FieldReference, "fieldref"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Applies a modifier; false where there is none of that name.</summary>
    public static bool TryApply(string name, DetectionItem item)
    {
        if (!All.TryGetValue(name, out var apply))
            return false;
        apply(item);
        return true;
    }

    private static void Around(DetectionItem item, string modifier, FieldRelation relation, bool before, bool after)
    {
        if (item.Placement is { } first)
            throw item.Wrong($"'{first}' has said already where the value stands; leave out '{modifier}'");
        (item.Relation, item.Placement) = (relation, modifier);
        if (item.Kind is ItemKind.FieldReference or ItemKind.Expand)
            return;
        item.RequireText(modifier);
        Each(item, modifier, value => [value with { Pieces = [.. before ? [Many] : Array.Empty<LikePiece>(), .. value.Pieces, .. after ? [Many] : Array.Empty<LikePiece>()] }]);
    }

    private static void Pattern(DetectionItem item)
    {
        if (item.Placement is not null)
            throw item.Wrong("a pattern says itself where it stands: leave out the modifier before 're'");
        item.Become(ItemKind.Regex, "re");
    }

    private static void Flag(DetectionItem item, string modifier, Action set)
    {
        if (item.Kind != ItemKind.Regex)
            throw item.Wrong($"the modifier '{modifier}' belongs behind 're'");
        set();
    }

    private static void Compare(DetectionItem item, string modifier, Comparison comparison)
    {
        if (item.Comparison is not null)
            throw item.Wrong($"'{modifier}' is a second comparison; write each as an item of its own");
        if (item.Kind != ItemKind.TimePart)
            item.Become(ItemKind.Number, modifier);
        item.Comparison = comparison;
    }

    private static void Part(DetectionItem item, string modifier, TimePart part)
    {
        item.Become(ItemKind.TimePart, modifier);
        item.TimePart = part;
    }

    private static void Texts(DetectionItem item, string modifier, Func<SigmaValue, IEnumerable<SigmaValue>> change)
    {
        item.RequireText(modifier);
        item.Change ??= modifier;
        Each(item, modifier, change);
    }

    private static void Each(DetectionItem item, string modifier, Func<SigmaValue, IEnumerable<SigmaValue>> change)
    {
        var changed = item.Values.SelectMany(value => value.IsNull ? throw item.Wrong(value, $"null does not go with the modifier '{modifier}'") : change(value));
        item.Values = [.. changed.Take(SigmaLimits.Values + 1)];
        if (item.Values.Count > SigmaLimits.Values)
            throw item.Wrong($"'{modifier}' makes more than {SigmaLimits.Values} values of the ones here");
    }

    private static void Encode(DetectionItem item, string modifier, Encoding encoding, byte[] mark) =>
        Texts(item, modifier, value => [value with { Bytes = [.. mark, .. encoding.GetBytes(PlainOf(item, modifier, value))] }]);

    private static void Bytes(DetectionItem item, string modifier, int least, Func<byte[], IEnumerable<string>> change) => Texts(item, modifier, value =>
    {
        var bytes = value.Bytes ?? Encoding.UTF8.GetBytes(PlainOf(item, modifier, value));
        return bytes.Length >= least ? change(bytes).Select(value.With) : throw item.Wrong(value, $"'{modifier}' takes a value of {least} bytes or more");
    });

    private static string PlainOf(DetectionItem item, string modifier, SigmaValue value) =>
        value.Plain ?? throw item.Wrong(value, $"wildcards do not go with the modifier '{modifier}': what it encodes must be known whole");

    // What a value looks like in base64 depends on where in the whole it begins; the first and last characters depend on its neighbours.
    private static IEnumerable<string> Base64Offsets(byte[] bytes)
    {
        int[] starts = [0, 2, 3];
        int[] cut = [0, 3, 2];
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            yield return text[starts[offset]..^cut[(bytes.Length + offset) % 3]];
        }
    }
}
