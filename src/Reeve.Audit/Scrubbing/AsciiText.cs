using System.Text;

namespace Reeve.Audit.Scrubbing;

/// <summary>Looking for ASCII words whatever the case of their letters.</summary>
internal static class AsciiText
{
    /// <summary>Where the text first holds <paramref name="lower"/>, which is in lower case; -1 for nowhere.</summary>
    public static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        var (anchor, offset) = (lower[^1], lower.Length - 1);
        var upper = (byte)(anchor is >= (byte)'a' and <= (byte)'z' ? anchor - 32 : anchor);
        for (var from = offset; from < text.Length;)
        {
            var found = text[from..].IndexOfAny(anchor, upper);
            if (found < 0)
                return -1;
            var start = from + found - offset;
            if (Ascii.EqualsIgnoreCase(text.Slice(start, lower.Length), lower))
                return start;
            from += found + 1;
        }

        return -1;
    }

    public static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) => IndexOf(text, lower) >= 0;

    public static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length >= lower.Length && Ascii.EqualsIgnoreCase(text[^lower.Length..], lower);

    /// <summary>A character of base64, base64url or hex.</summary>
    public static bool IsBase64(byte b) =>
        char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/' or (byte)'=' or (byte)'-' or (byte)'_';

    /// <summary>A character of a name: of a variable, a member, an option or a parameter.</summary>
    public static bool IsName(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-' or (byte)'.';

    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or 0;
}
