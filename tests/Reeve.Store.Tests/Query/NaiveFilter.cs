using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

/// <summary>What a filter means, read off an event's JSON one by one: slow, obvious, and knowing nothing of SQL.</summary>
internal sealed class NaiveFilter(SampleEvent sample, string id)
{
    private const string Ids = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|[0-9]{6,}";
    private const string Times = "[0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9:.]+z";
    private const string Escapes = @"\\u[0-9a-f]{4}|\\.";
    private const string Apart = @"[^a-z0-9\u0080-\uFFFF]";

    private readonly JsonElement _json = JsonDocument.Parse(sample.Raw).RootElement;
    private readonly string _lower = Lower(sample.Text);

    public bool Holds(QueryNode node) => node switch
    {
        AndNode and => and.Operands.All(Holds),
        OrNode or => or.Operands.Any(Holds),
        NotNode not => !Holds(not.Operand),
        TextNode text => Contains(text.Value),
        MatchNode { Field.Kind: QueryFieldKind.List, Value.Pattern: "" } none => !Values(none.Field).Any(),
        MatchNode match => Values(match.Field).Any(value => Matches(match.Field, match.Value, value)),
        ExistsNode exists => Exists(exists.Field),
        CompareNode compare => Values(compare.Field).Any(value => Compares(compare, value)),
        _ => throw new NotSupportedException(),
    };

    private bool Exists(QueryField field) => Values(field).Any(value => field.Kind switch
    {
        QueryFieldKind.Number => value != "0",
        QueryFieldKind.Address => value != "::",
        QueryFieldKind.List or QueryFieldKind.Path => true,
        _ => value.Length > 0,
    });

    private static bool Matches(QueryField field, QueryValue wanted, string value)
    {
        if (wanted.HasWildcards)
            return Re("^(?s:" + WildcardRegex(wanted.Pattern, ".*", ".") + @")\z").IsMatch(value);
        if (field.Kind != QueryFieldKind.Address)
            return field.Kind == QueryFieldKind.Number ? ulong.Parse(wanted.Literal) == ulong.Parse(value) : wanted.Literal == value;
        return QueryValueRules.TryNetwork(wanted.Literal, out var network) && InNetwork(network, IPAddress.Parse(value));
    }

    // IPv4 addresses are IPv6 addresses below ::ffff:0:0/96, so that ::/0 holds them too.
    private static bool InNetwork(IPNetwork network, IPAddress address)
    {
        var own = network.BaseAddress.GetAddressBytes().Length == 16 ? network : new IPNetwork(network.BaseAddress.MapToIPv6(), network.PrefixLength + 96);
        return own.Contains(address.MapToIPv6());
    }

    private static bool Compares(CompareNode compare, string value)
    {
        int order;
        if (compare.Field.Kind == QueryFieldKind.Time)
            order = DateTime.Parse(value, null, DateTimeStyles.AdjustToUniversal).CompareTo(DateTime.Parse(compare.Value, null, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal));
        else if (double.TryParse(value, CultureInfo.InvariantCulture, out var number))
            order = number.CompareTo(double.Parse(compare.Value, CultureInfo.InvariantCulture));
        else
            return false;
        return compare.Comparison switch
        {
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private IEnumerable<string> Values(QueryField field) => field.Name switch
    {
        "user" => [At("user", "username")],
        "group" => All("user", "groups"),
        "actor" => [At("impersonatedUser", "username") is { Length: > 0 } other ? other : At("user", "username")],
        "verb" => [At("verb")],
        "ns" => [At("objectRef", "namespace")],
        "name" => [At("objectRef", "name")],
        "resource" => [At("objectRef", "resource")],
        "uri" => [At("requestURI")],
        "code" => [At("responseStatus", "code") is { Length: > 0 } code ? code : "0"],
        "ip" => [sample.Context.Ip.ToString()],
        "cluster" => [sample.Context.Cluster],
        "primary" => [sample.Context.Primary ? "true" : "false"],
        "time" => [sample.Context.Time.ToString("O")],
        "id" => [id],
        _ when field.Kind == QueryFieldKind.Path && JsonPath.TryParse(field.Name, out var names) => All(names),
        _ => throw new NotSupportedException(field.Name),
    };

    private string At(params string[] path) => All(path).FirstOrDefault("");

    private IEnumerable<string> All(params string[] path)
    {
        IEnumerable<JsonElement> here = [_json];
        foreach (var name in path)
            here = Items(here).Where(e => e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out _)).Select(e => e.GetProperty(name));
        return Items(here).Where(e => e.ValueKind != JsonValueKind.Null).Select(e => e.ToString() is var text && e.ValueKind is JsonValueKind.True or JsonValueKind.False ? Lower(text) : text);
    }

    private static IEnumerable<JsonElement> Items(IEnumerable<JsonElement> elements) =>
        elements.SelectMany(e => e.ValueKind == JsonValueKind.Array ? [.. e.EnumerateArray()] : new[] { e });

    private bool Contains(QueryValue value)
    {
        var plain = Re(Escapes).Replace(_lower, " ");
        if (value.HasWildcards)
            return Re($@"(?:^|{Apart})(?:{WildcardRegex(Lower(value.Pattern), @"[^\s""]*", @"[^\s""]")})(?:\z|{Apart})").IsMatch(plain);
        var typed = Lower(value.Literal);
        var pieces = Re($@"({Times})|({Ids})|[a-z0-9\u0080-\uFFFF]+?(?={Ids}|{Times}|{Apart}|\z)").Matches(typed).ToList();
        if (pieces.Count == 0)
            return _lower.Contains(typed, StringComparison.Ordinal);
        var words = Re(@"[a-z0-9\u0080-\uFFFF]+").Matches(Re($"{Times}|{Ids}|{Escapes}").Replace(_lower, " ")).Select(m => m.Value).ToHashSet();
        var ids = Re(Ids).Matches(_lower).Select(m => m.Value).ToHashSet();
        var phrase = new StringBuilder();
        for (var i = 0; i < pieces.Count; i++)
        {
            var isTime = pieces[i].Groups[1].Success;
            var isId = pieces[i].Groups[2].Success;
            if (!isTime && !(isId ? ids : words).Contains(pieces[i].Value))
                return false;
            var afterWord = i > 0 && !pieces[i - 1].Groups[1].Success && !pieces[i - 1].Groups[2].Success;
            phrase.Append(i == 0 ? "" : Apart + (afterWord && !isTime && !isId ? "+" : "*")).Append(Regex.Escape(pieces[i].Value));
        }

        var alone = pieces.Count == 1 && !pieces[0].Groups[1].Success;
        return alone || Re($@"(?:^|{Apart}){phrase}(?:\z|{Apart})").IsMatch(plain);
    }

    private static string WildcardRegex(string pattern, string star, string one)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
            regex.Append(pattern[i] == '*' ? star : pattern[i] == '?' ? one : Regex.Escape(pattern.Substring(pattern[i] == '\\' ? ++i : i, 1)));
        return regex.ToString();
    }

    private static Regex Re(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    private static string Lower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
}
