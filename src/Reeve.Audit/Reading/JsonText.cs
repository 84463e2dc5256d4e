using System.Buffers;
using System.Text;

namespace Reeve.Audit.Reading;

/// <summary>The text of JSON strings: unescaped (RFC 8259 §7) and made valid UTF-8.</summary>
internal static class JsonText
{
    private const byte NoDigit = 255;

    private static readonly byte[] Hex = [.. Enumerable.Range(0, 256).Select(c => char.IsAsciiHexDigit((char)c) ? Convert.ToByte($"{(char)c}", 16) : NoDigit)];

    /// <summary>
    /// Unescapes into <paramref name="into"/>, which is at least as long as the text. What is no valid escape stands
    /// for itself; a surrogate without its pair becomes U+FFFD. Where <paramref name="origins"/> is given, it takes for
    /// each byte written the position in <paramref name="text"/> it came from. Returns the length written.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> into, Span<int> origins = default)
    {
        int read = 0, written = 0;
        while (read < text.Length)
        {
            var plain = text[read..].IndexOf((byte)'\\');
            if (plain < 0)
                plain = text.Length - read;
            text.Slice(read, plain).CopyTo(into[written..]);
            Trace(origins, written, read, plain, step: 1);
            read += plain;
            written += plain;
            if (read == text.Length)
                break;
            // As the apiserver writes & < and >.
            if (origins.IsEmpty && TryReadAscii(text, read, out var ascii))
            {
                into[written++] = ascii;
                read += 6;
                continue;
            }

            var rune = ReadEscape(text[read..], out var consumed);
            var length = rune.EncodeToUtf8(into[written..]);
            Trace(origins, written, read, length, step: 0);
            read += consumed;
            written += length;
        }

        return written;
    }

    /// <summary>Replaces what is not UTF-8 by U+FFFD; <paramref name="into"/> is three times as long as the text.</summary>
    public static int Sanitise(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(text, out var rune, out var consumed);
            written += rune.EncodeToUtf8(into[written..]);
            text = text[consumed..];
        }

        return written;
    }

    /// <summary>The value of a hexadecimal digit; more than 15 for anything else.</summary>
    public static byte HexValue(byte digit) => Hex[digit];

    private static bool TryReadAscii(ReadOnlySpan<byte> text, int at, out byte value)
    {
        value = 0;
        if (text.Length - at < 6 || text[at + 1] != 'u' || text[at + 2] != '0' || text[at + 3] != '0')
            return false;
        var (high, low) = (Hex[text[at + 4]], Hex[text[at + 5]]);
        value = (byte)((high << 4) | low);
        return (high | low) <= 15 && high < 8;
    }

    private static Rune ReadEscape(ReadOnlySpan<byte> text, out int consumed)
    {
        consumed = 1;
        if (text.Length < 2)
            return new Rune('\\');
        consumed = 2;
        switch (text[1])
        {
            case (byte)'"': return new Rune('"');
            case (byte)'\\': return new Rune('\\');
            case (byte)'/': return new Rune('/');
            case (byte)'b': return new Rune('\b');
            case (byte)'f': return new Rune('\f');
            case (byte)'n': return new Rune('\n');
            case (byte)'r': return new Rune('\r');
            case (byte)'t': return new Rune('\t');
            case (byte)'u' when TryReadUnit(text, out var unit):
                consumed = 6;
                return Pair(unit, text, ref consumed);
            default:
                consumed = 1;
                return new Rune('\\');
        }
    }

    private static Rune Pair(char unit, ReadOnlySpan<byte> text, ref int consumed)
    {
        if (!char.IsSurrogate(unit))
            return new Rune(unit);
        if (char.IsHighSurrogate(unit) && text.Length >= 12 && text[6] == '\\' && text[7] == 'u'
            && TryReadUnit(text[6..], out var low) && char.IsLowSurrogate(low))
        {
            consumed = 12;
            return new Rune(unit, low);
        }

        return Rune.ReplacementChar;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        Span<byte> bytes = stackalloc byte[2];
        var whole = text.Length >= 6
            && Convert.FromHexString(text.Slice(2, 4), bytes, out _, out _) == OperationStatus.Done;
        unit = whole ? (char)((bytes[0] << 8) | bytes[1]) : '\0';
        return whole;
    }

    private static void Trace(Span<int> origins, int written, int read, int length, int step)
    {
        if (origins.IsEmpty)
            return;
        for (var i = 0; i < length; i++)
            origins[written + i] = read + (i * step);
    }
}
