using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Tests.Support;

/// <summary>What a condition means, written to be read: slow, over <see cref="JsonElement"/>, with nothing of the matcher in it.</summary>
internal static class NaiveInterpreter
{
    public static bool Matches(Condition condition, JsonElement @event) => condition switch
    {
        Condition.Constant constant => constant.Value,
        Condition.All all => all.Parts.All(part => Matches(part, @event)),
        Condition.Any any => any.Parts.Any(part => Matches(part, @event)),
        Condition.Not not => !Matches(not.Inner, @event),
        Condition.Has { Every: true } has => Values(has.Field, @event) is { Count: > 0 } values && values.All(value => Passes(has.Test, value, @event)),
        Condition.Has has => Values(has.Field, @event).Any(value => Passes(has.Test, value, @event)),
        Condition.Exists exists => IsThere(exists.Field, @event),
        Condition.IsNull isNull => Values(isNull.Field, @event).Count == 0,
        Condition.Relates relates => Values(relates.Left, @event).Any(left => Values(relates.Right, @event).Any(right => Relate(left, relates, right))),
        Condition.Keyword keyword => Scalars(@event).Any(value => Passes(keyword.Test, value, @event)),
        _ => throw new InvalidOperationException($"{condition.GetType().Name} is new"),
    };

    /// <summary>The values of a field as texts, in the order of the event.</summary>
    public static List<string> Values(Field field, JsonElement @event) => field switch
    {
        Field.Path path => [.. AtPath(@event, path.Name).SelectMany(Flatten).Where(value => value.ValueKind != JsonValueKind.Null).Select(Text)],
        Field.Pointer pointer => AtPointer(@event, pointer.Text) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value ? [Text(value)] : [],
        Field.QueryParameter parameter => QueryParameter(@event, parameter.Name),
        Field.RawTime => RawTime(@event),
        Field.Union { FirstOnly: true } union => [.. union.Fields.SelectMany(part => Values(part, @event)).Take(1)],
        Field.Union union => [.. union.Fields.SelectMany(part => Values(part, @event))],
        Field.Computed computed => [.. computed.Compute([.. computed.From.Select(part => (IReadOnlyList<string>)Values(part, @event))])],
        _ => throw new InvalidOperationException($"{field.GetType().Name} is new"),
    };

    private static bool IsThere(Field field, JsonElement @event) => field switch
    {
        Field.Path path => AtPath(@event, path.Name).Any(),
        Field.Pointer pointer => AtPointer(@event, pointer.Text).ValueKind != JsonValueKind.Undefined,
        Field.Union union => union.Fields.Any(part => IsThere(part, @event)),
        _ => Values(field, @event).Count > 0,
    };

    private static IEnumerable<JsonElement> AtPath(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(item => AtPath(item, path));
        if (element.ValueKind != JsonValueKind.Object)
            return [];
        return element.EnumerateObject().SelectMany(member =>
            path == member.Name ? [member.Value]
            : path.StartsWith(member.Name + ".", StringComparison.Ordinal) ? AtPath(member.Value, path[(member.Name.Length + 1)..])
            : Enumerable.Empty<JsonElement>());
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flatten) : [element];

    private static JsonElement AtPointer(JsonElement element, string pointer)
    {
        if (pointer.Length == 0 || pointer[0] != '/')
            return pointer.Length == 0 ? element : default;
        foreach (var name in pointer[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member))
                element = member;
            else if (element.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < element.GetArrayLength())
                element = element[place];
            else
                return default;
        }

        return element;
    }

    private static IEnumerable<string> Scalars(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Scalars(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Scalars),
        JsonValueKind.Null => [],
        _ => [Text(element)],
    };

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static List<string> QueryParameter(JsonElement @event, string name)
    {
        if (AtPointer(@event, "/requestURI") is not { ValueKind: JsonValueKind.String } uri || uri.GetString()!.Split('?', 2) is not [_, var query])
            return [];
        return [.. query.Split('&')
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2 && Decode(pair[0]) == name)
            .Select(pair => Decode(pair[1]))
            .Take(1)];
    }

    private static string Decode(string text) => WebUtility.UrlDecode(text);

    private static List<string> RawTime(JsonElement @event)
    {
        foreach (var name in new[] { "/stageTimestamp", "/requestReceivedTimestamp", "/timestamp", "/metadata/creationTimestamp" })
        {
            if (AtPointer(@event, name) is { ValueKind: JsonValueKind.String } time
                && DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
                return [(new BigInteger((parsed - DateTimeOffset.UnixEpoch).Ticks) * 100).ToString(CultureInfo.InvariantCulture)];
        }

        return [];
    }

    private static bool Relate(string left, Condition.Relates relates, string right)
    {
        var comparison = By(relates.Cased);
        return relates.Relation switch
        {
            FieldRelation.Equals => string.Equals(left, right, comparison),
            FieldRelation.StartsWith => left.StartsWith(right, comparison),
            FieldRelation.EndsWith => left.EndsWith(right, comparison),
            FieldRelation.Contains => left.Contains(right, comparison),
            _ => throw new InvalidOperationException($"{relates.Relation} is new"),
        };
    }

    private static bool Passes(ValueTest test, string value, JsonElement @event) => test switch
    {
        ValueTest.Is equals => string.Equals(value, equals.Text, By(equals.Cased)),
        ValueTest.StartsWith starts => value.StartsWith(starts.Text, By(starts.Cased)),
        ValueTest.EndsWith ends => value.EndsWith(ends.Text, By(ends.Cased)),
        ValueTest.Contains contains => value.Contains(contains.Text, By(contains.Cased)),
        ValueTest.Like like => IsLike(value, like.Pieces.AsSpan(), By(like.Cased)),
        ValueTest.Matches matches => Regex.IsMatch(value, matches.Pattern, OptionsOf(matches), TimeSpan.FromSeconds(5)),
        ValueTest.InNetwork network => IPAddress.TryParse(value, out var address) && IsWritten(value) && network.Network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address),
        ValueTest.Number number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && number.Comparison.Holds(parsed.CompareTo(number.Value)),
        ValueTest.PartOfTime part => PartOf(value, part.Part) is { } found && part.Comparison.Holds(found.CompareTo(part.Value)),
        ValueTest.IsExpanded expanded => Expansions(expanded, @event).Any(text => string.Equals(value, text, By(expanded.Cased))),
        ValueTest.AnyOf any => any.Tests.Any(one => Passes(one, value, @event)),
        ValueTest.Not not => !Passes(not.Inner, value, @event),
        _ => throw new InvalidOperationException($"{test.GetType().Name} is new"),
    };

    // Not every text that .NET takes for an address is written like one: "1" is 0.0.0.1 to it.
    private static bool IsWritten(string address) => address.Contains(':', StringComparison.Ordinal) || address.Count(c => c == '.') == 3;

    private static bool IsLike(string value, ReadOnlySpan<LikePiece> pieces, StringComparison comparison)
    {
        if (pieces.IsEmpty)
            return value.Length == 0;
        var piece = pieces[0];
        var rest = pieces[1..];
        switch (piece.Kind)
        {
            case LikeKind.Text:
                return value.StartsWith(piece.Text, comparison) && IsLike(value[piece.Text.Length..], rest, comparison);
            case LikeKind.One:
                return value.Length > 0 && IsLike(value[(char.IsSurrogatePair(value, 0) ? 2 : 1)..], rest, comparison);
            default:
                for (var skip = 0; skip <= value.Length; skip++)
                {
                    if (IsLike(value[skip..], rest, comparison))
                        return true;
                }

                return false;
        }
    }

    private static RegexOptions OptionsOf(ValueTest.Matches matches) =>
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        | (matches.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)
        | (matches.Multiline ? RegexOptions.Multiline : RegexOptions.None)
        | (matches.Singleline ? RegexOptions.Singleline : RegexOptions.None);

    private static int? PartOf(string value, TimePart part)
    {
        if (value.Length < 19 || value[10] is not ('T' or 't') || !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return null;
        return part switch
        {
            TimePart.Minute => time.Minute,
            TimePart.Hour => time.Hour,
            TimePart.Day => time.Day,
            TimePart.Week => ISOWeek.GetWeekOfYear(time.DateTime),
            TimePart.Month => time.Month,
            TimePart.Year => time.Year,
            _ => throw new InvalidOperationException($"{part} is new"),
        };
    }

    private static IEnumerable<string> Expansions(ValueTest.IsExpanded expanded, JsonElement @event) =>
        expanded.Pieces.Aggregate((IEnumerable<string>)[""], (texts, piece) =>
            piece.Field is null ? texts.Select(text => text + piece.Text) : texts.SelectMany(text => Values(piece.Field, @event).Select(value => text + value)));

    private static StringComparison By(bool cased) => cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
}
