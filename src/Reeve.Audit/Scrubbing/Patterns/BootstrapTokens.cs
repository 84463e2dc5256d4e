using System.Buffers;

namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>Bootstrap tokens of kubeadm: six characters, a dot, sixteen characters.</summary>
internal sealed class BootstrapTokens : SecretPattern
{
    private const int IdLength = 6;
    private const int SecretLength = 16;

    private static readonly SearchValues<byte> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789"u8);
    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdef"u8);

    public override SecretKind Kind => SecretKind.BootstrapToken;

    public override void Find(ReadOnlySpan<byte> text, List<SecretRange> into)
    {
        for (var at = 0; Next(text, ref at);)
            Add(text, at - IdLength, at + 1 + SecretLength, into);
    }

    /// <summary>Whether a text holds one.</summary>
    public static bool Occurs(ReadOnlySpan<byte> text)
    {
        var at = 0;
        return Next(text, ref at);
    }

    // Goes to the dot of the next one.
    private static bool Next(ReadOnlySpan<byte> text, ref int at)
    {
        for (at++; at < text.Length; at++)
        {
            var found = text[at..].IndexOf((byte)'.');
            if (found < 0)
                return false;
            at += found;
            if (IsToken(text, at))
                return true;
        }

        return false;
    }

    private static bool IsToken(ReadOnlySpan<byte> text, int dot)
    {
        var (start, end) = (dot - IdLength, dot + 1 + SecretLength);
        if (start < 0 || end > text.Length)
            return false;
        var secret = text[(dot + 1)..end];
        if (secret.ContainsAnyExcept(Characters) || text[start..dot].ContainsAnyExcept(Characters))
            return false;
        if ((start > 0 && IsJoined(text[start - 1])) || (end < text.Length && IsJoined(text[end])))
            return false;
        // The name of an Event ends in its time, nanoseconds in hex.
        return secret[0] != '1' || secret.ContainsAnyExcept(Hex);
    }

    private static bool IsJoined(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_';
}
