using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Reeve.Detection.Conditions;
using Reeve.Detection.Conditions.Patterns;
using Reeve.Detection.Fields;
using Reeve.Detection.Sigma.Values;

namespace Reeve.Detection.Sigma.Modifiers;

/// <summary>Turns an item whose modifiers are applied into a condition.</summary>
internal static class ItemCompiler
{
    /// <summary>The condition of an item.</summary>
    public static Condition Compile(DetectionItem item, SigmaOptions options)
    {
        if (item.Values.Count == 0)
            throw item.Wrong($"'{item.Field}' has no value; name one, or null for a field that must be absent");
        if (item.Cased && item.Kind is not (ItemKind.Text or ItemKind.Expand or ItemKind.FieldReference) && !(item.Kind == ItemKind.Regex && !item.IgnoreCase))
            throw item.Wrong(item.Kind == ItemKind.Regex ? "'i' and 'cased' say the opposite; leave out one" : "'cased' goes with texts only");
        var parts = ImmutableArray.CreateBuilder<Condition>(item.Values.Count);
        var values = 0;
        foreach (var value in item.Values)
        {
            parts.Add(One(item, value, options));
            values += ConditionSize.Of(parts[^1]);
            if (values > SigmaLimits.Values)
                throw item.Wrong($"'{item.Field}' is compared with more than {SigmaLimits.Values} values");
        }

        return Joined(item, parts.ToImmutable());
    }

    private static Condition Joined(DetectionItem item, ImmutableArray<Condition> parts)
    {
        var whole = item.Every ? OfEvery(item, parts)
            : parts.Length == 1 ? parts[0] : item.All ? new Condition.All(parts) : new Condition.Any(parts);
        return item.Negated ? new Condition.Not(whole) : whole;
    }

    private static Condition.Has OfEvery(DetectionItem item, ImmutableArray<Condition> parts)
    {
        var tests = parts.OfType<Condition.Has>().Select(part => part.Test).ToImmutableArray();
        if (tests.Length < parts.Length || item.All)
            throw item.Wrong("'every' goes with a field and values that it is compared with, and not with 'all'");
        return new Condition.Has(RuleFields.Of(item.Field), tests.Length == 1 ? tests[0] : new ValueTest.AnyOf(tests), Every: true);
    }

    private static Condition One(DetectionItem item, SigmaValue value, SigmaOptions options)
    {
        if (value.IsNull)
        {
            return item.Field.Length > 0 && item.Kind == ItemKind.Text
                ? new Condition.IsNull(RuleFields.Of(item.Field))
                : throw item.Wrong(value, "null goes with a field and without modifiers that read a text");
        }

        return item.Kind switch
        {
            ItemKind.Exists => Exists(item, value),
            ItemKind.FieldReference => new Condition.Relates(FieldOf(item, value), item.Relation, item.Cased, OtherField(item, value)),
            ItemKind.Expand => Placeholders.Expand(item, value, options, test => Where(item, test)),
            _ => Where(item, Test(item, value)),
        };
    }

    private static Condition Where(DetectionItem item, ValueTest test) =>
        item.Field.Length == 0 ? new Condition.Keyword(test) : new Condition.Has(RuleFields.Of(item.Field), test);

    private static Field FieldOf(DetectionItem item, SigmaValue value) =>
        item.Field.Length > 0 ? RuleFields.Of(item.Field) : throw item.Wrong(value, "this modifier needs a field before it");

    private static Field OtherField(DetectionItem item, SigmaValue value) =>
        value.Raw!.Length > 0 ? RuleFields.Of(value.Raw) : throw item.Wrong(value, "'fieldref' takes the name of a field, not an empty text");

    private static Condition Exists(DetectionItem item, SigmaValue value)
    {
        var exists = new Condition.Exists(FieldOf(item, value));
        return value.Raw!.ToUpperInvariant() switch
        {
            "TRUE" or "YES" => exists,
            "FALSE" or "NO" => new Condition.Not(exists),
            _ => throw item.Wrong(value, $"'exists' takes true or false, not '{value.Raw}'"),
        };
    }

    private static ValueTest Test(DetectionItem item, SigmaValue value) => item.Kind switch
    {
        ItemKind.Regex => Pattern(item, value),
        ItemKind.Network => new ValueTest.InNetwork(NetworkOf(item, value)),
        ItemKind.Number => new ValueTest.Number(item.Comparison ?? Comparison.Equal, NumberOf(item, value)),
        ItemKind.TimePart => new ValueTest.PartOfTime(item.TimePart, item.Comparison ?? Comparison.Equal, PartOf(item, value)),
        _ => TextTests.Of(TextTests.PiecesOf(item, value), item.Cased),
    };

    private static ValueTest.Matches Pattern(DetectionItem item, SigmaValue value)
    {
        var matches = new ValueTest.Matches(value.Raw!, item.IgnoreCase, item.Multiline, item.Singleline);
        return SafePattern.Fault(matches.Pattern, matches) is { } fault ? throw item.Wrong(value, fault) : matches;
    }

    private static double NumberOf(DetectionItem item, SigmaValue value) =>
        double.TryParse(value.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw item.Wrong(value, $"'{value.Raw}' is no number, which this modifier compares with");

    private static int PartOf(DetectionItem item, SigmaValue value)
    {
        var (least, most) = item.TimePart switch
        {
            TimePart.Minute => (0, 59),
            TimePart.Hour => (0, 23),
            TimePart.Day => (1, 31),
            TimePart.Week => (1, 53),
            TimePart.Month => (1, 12),
            _ => (0, 9999),
        };
        return int.TryParse(value.Raw, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw item.Wrong(value, $"'{value.Raw}' is no {item.TimePart.ToString().ToLowerInvariant()}; it is a whole number from {least} to {most}");
    }

    // 10.1.2.3/8 is written for 10.0.0.0/8.
    private static IPNetwork NetworkOf(DetectionItem item, SigmaValue value)
    {
        var (text, slash) = (value.Raw!, value.Raw!.IndexOf('/', StringComparison.Ordinal));
        if (IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            var bytes = address.GetAddressBytes();
            var length = bytes.Length * 8;
            if (slash < 0 || (int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= bytes.Length * 8))
            {
                for (var bit = length; bit < bytes.Length * 8; bit++)
                    bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
                return new IPNetwork(new IPAddress(bytes), length);
            }
        }

        throw item.Wrong(value, $"'{text}' is no network; write one like 10.0.0.0/8 or fd00::/8");
    }
}
