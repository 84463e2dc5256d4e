using System.Globalization;
using System.Text;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>Text that Go quoted (strconv.Quote), in pairs <c>name="value"</c> and in lists <c>"a","b"</c>.</summary>
internal static class GoQuoted
{
    /// <summary>The pairs whose values are whole; <paramref name="isCut"/> where one is not.</summary>
    public static Dictionary<string, string> Pairs(ReadOnlySpan<byte> text, out bool isCut)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        isCut = false;
        while (true)
        {
            text = text.TrimStart((byte)' ');
            var equals = text.IndexOf("=\""u8);
            if (equals <= 0)
            {
                isCut = !text.IsEmpty;
                return pairs;
            }

            var name = Encoding.UTF8.GetString(text[..equals]);
            text = text[(equals + 1)..];
            if (!TryUnquote(ref text, out var value))
            {
                isCut = true;
                return pairs;
            }

            pairs[name] = value;
        }
    }

    /// <summary>The quoted texts between commas.</summary>
    public static List<string> List(string text)
    {
        var items = new List<string>();
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (TryUnquote(ref rest, out var item))
        {
            items.Add(item);
            rest = rest.TrimStart(", "u8);
        }

        return items;
    }

    private static bool TryUnquote(ref ReadOnlySpan<byte> text, out string value)
    {
        value = "";
        if (text is not [(byte)'"', ..])
            return false;
        var end = 1;
        while (end < text.Length && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        if (end >= text.Length)
            return false;
        value = Unescape(text[1..end]);
        text = text[(end + 1)..];
        return true;
    }

    private static string Unescape(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(text);
        var bytes = new List<byte>(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 == text.Length)
            {
                bytes.Add(text[at]);
                continue;
            }

            var escape = text[++at];
            var digits = escape switch { (byte)'x' => 2, (byte)'u' => 4, (byte)'U' => 8, _ => 0 };
            if (digits == 0)
                bytes.Add(Plain(escape));
            else if (at + digits < text.Length && uint.TryParse(text.Slice(at + 1, digits), NumberStyles.AllowHexSpecifier, null, out var number))
            {
                at += digits;
                if (digits == 2)
                    bytes.Add((byte)number);
                else
                    bytes.AddRange(utf8[..(Rune.TryCreate(number, out var rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(utf8)]);
            }
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static byte Plain(byte escape) => escape switch
    {
        (byte)'a' => 7,
        (byte)'b' => 8,
        (byte)'f' => 12,
        (byte)'n' => 10,
        (byte)'r' => 13,
        (byte)'t' => 9,
        (byte)'v' => 11,
        _ => escape,
    };
}
