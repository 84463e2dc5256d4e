namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>Secret keys of AWS: forty characters of base64 in a text that also names an access key's id, which stays.</summary>
internal sealed class CloudKeys : SecretPattern
{
    private const int IdLength = 20;
    private const int SecretLength = 40;

    public override SecretKind Kind => SecretKind.CloudKey;

    public override void Find(ReadOnlySpan<byte> text, List<SecretRange> into)
    {
        if (!HasId(text))
            return;
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && IsKeyCharacter(text[end]))
                end++;
            if (end - at == SecretLength)
                Add(text, at, end, into);
            at = end + 1;
        }
    }

    /// <summary>Whether a text is a secret key by its form.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (!IsKeyCharacter(b))
                return false;
        }

        return text.Length == SecretLength;
    }

    /// <summary>Whether a text names an access key.</summary>
    public static bool HasId(ReadOnlySpan<byte> text)
    {
        for (var at = 0; ;)
        {
            var found = text[at..].IndexOf("IA"u8);
            if (found < 0)
                return false;
            at += found;
            if (at >= 2 && text[at - 2] == 'A' && text[at - 1] is (byte)'K' or (byte)'S' && IsId(text[(at - 2)..]))
                return true;
            at++;
        }
    }

    private static bool IsId(ReadOnlySpan<byte> text)
    {
        if (text.Length < IdLength)
            return false;
        foreach (var b in text[..IdLength])
        {
            if (!char.IsAsciiLetterUpper((char)b) && !char.IsAsciiDigit((char)b))
                return false;
        }

        return true;
    }

    private static bool IsKeyCharacter(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/';
}
