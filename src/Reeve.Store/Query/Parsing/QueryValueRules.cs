using System.Globalization;
using System.Net;

namespace Reeve.Store.Query.Parsing;

/// <summary>Which values a kind of field takes, so that a mistake is named when it is typed and not found to match nothing.</summary>
internal static class QueryValueRules
{
    public static bool CanCompare(QueryField field) =>
        field.Kind is QueryFieldKind.Number or QueryFieldKind.Time or QueryFieldKind.Path;

    /// <summary>What the field wants instead of the value; null where the value is right.</summary>
    public static string? Expected(QueryField field, QueryValue value) => field.Kind switch
    {
        QueryFieldKind.Number when !value.HasWildcards && !IsNumber(value.Literal) => $"a whole number: '{field.Name}' is one",
        QueryFieldKind.Flag when value.Pattern is not ("true" or "false") => "true or false",
        QueryFieldKind.Time => $"a comparison such as {field.Name}:>2026-01-31",
        QueryFieldKind.Address when !value.HasWildcards && !IsAddress(value.Literal) => "an IP address or a block such as 10.0.0.0/8",
        _ => null,
    };

    /// <summary>What a comparison wants instead of the value; null where the value is right.</summary>
    public static string? ExpectedInComparison(QueryField field, QueryValue value) => field.Kind switch
    {
        _ when value.HasWildcards => "a value without wildcards",
        QueryFieldKind.Number when !IsNumber(value.Literal) => "a whole number",
        QueryFieldKind.Path when !TryDecimal(value.Literal, out _) => "a number",
        QueryFieldKind.Time when !TryTime(value.Literal, out _) => "a date or time such as 2026-01-31T08:30:00Z",
        _ => null,
    };

    public static bool TryDecimal(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && text.Length <= 30;

    /// <summary>Reads a date, or a time that is UTC unless it carries an offset.</summary>
    public static bool TryTime(string text, out DateTime time)
    {
        var styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, styles, out time);
    }

    /// <summary>Reads an address or a CIDR block; the bits beyond the prefix do not matter.</summary>
    public static bool TryNetwork(string text, out IPNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/');
        var plain = slash < 0 ? text : text[..slash];
        if (!IsPlain(plain) || !IPAddress.TryParse(plain, out var address))
            return false;
        var bytes = address.GetAddressBytes();
        var bits = bytes.Length * 8;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > bytes.Length * 8))
            return false;
        for (var bit = bits; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        network = new IPNetwork(new IPAddress(bytes), bits);
        return true;
    }

    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFK"];

    private static bool IsNumber(string text) => text.Length <= 18 && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsAddress(string text) => TryNetwork(text, out _);

    // IPAddress also reads "10" and "0x7f.1"; a person who types that means something else.
    private static bool IsPlain(string text) => text.Contains(':') ? !text.Contains('[') && !text.Contains('%') : text.Count(c => c == '.') == 3;
}
