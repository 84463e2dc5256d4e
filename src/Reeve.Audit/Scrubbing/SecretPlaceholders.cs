using System.Text;

namespace Reeve.Audit.Scrubbing;

/// <summary>Values that are no secret whatever their name says: references, switches, paths.</summary>
internal static class SecretPlaceholders
{
    private static readonly byte[][] Words =
        [.. "true false null none yes no on off nil undefined optional required string".Split(' ').Select(Encoding.ASCII.GetBytes)];

    private static readonly byte[][] Roots =
        [.. "/etc/ /var/ /run/ /home/ /opt/ /usr/ /tmp/ /mnt/ /srv/ /root/ /data/ /secrets/ /secret/ /certs/ /config/ /app/ /vault/ /dev/ ./ ../ ~/ file:///".Split(' ').Select(Encoding.ASCII.GetBytes)];

    public static bool Is(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.StartsWith(FingerprintText.Prefix) || IsReference(value))
            return true;
        foreach (var word in Words)
        {
            if (Ascii.EqualsIgnoreCase(value, word))
                return true;
        }

        return IsPath(value);
    }

    // $(NAME), ${NAME}, $NAME, {{ name }}
    private static bool IsReference(ReadOnlySpan<byte> value)
    {
        if (value.StartsWith("{{"u8))
            return value.EndsWith("}}"u8);
        if (value[0] != '$' || value.Length < 2)
            return false;
        var name = value[1] switch
        {
            (byte)'(' when value[^1] == ')' => value[2..^1],
            (byte)'{' when value[^1] == '}' => value[2..^1],
            _ => value[1..],
        };
        foreach (var b in name)
        {
            if (!(char.IsAsciiLetterUpper((char)b) || char.IsAsciiDigit((char)b) || b == '_' || (value[1] is (byte)'(' or (byte)'{' && AsciiText.IsName(b))))
                return false;
        }

        return name.Length > 0 && !char.IsAsciiDigit((char)name[0]);
    }

    private static bool IsPath(ReadOnlySpan<byte> value)
    {
        foreach (var root in Roots)
        {
            if (value.StartsWith(root))
                return value.IndexOfAnyExcept(PathCharacters) < 0;
        }

        return false;
    }

    private static readonly System.Buffers.SearchValues<byte> PathCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/:"u8);
}
