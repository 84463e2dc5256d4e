namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>Private keys in PEM (RFC 7468), their line breaks escaped or not, and base64 of such a text.</summary>
internal sealed class PrivateKeys : SecretPattern
{
    private const int LongestLabel = 40;

    // "PRIVATE KEY" at each place within groups of three bytes.
    private static readonly byte[][] Encoded = ["SVZBVEUgS0VZ"u8.ToArray(), "JJVkFURSBLRV"u8.ToArray(), "UklWQVRFIEtFW"u8.ToArray()];

    public override SecretKind Kind => SecretKind.PrivateKey;

    public override void Find(ReadOnlySpan<byte> text, List<SecretRange> into)
    {
        for (var at = 0; ;)
        {
            var found = text[at..].IndexOf("PRIVATE KEY"u8);
            if (found < 0)
                break;
            found += at;
            var before = text[Math.Max(at, found - LongestLabel)..found];
            var dashes = before.LastIndexOf("-----BEGIN "u8);
            at = found + 11;
            if (dashes < 0)
                continue;
            var start = found - before.Length + dashes;
            at = EndOf(text, at);
            Add(text, start, at, into);
        }

        foreach (var piece in Encoded)
            FindEncoded(text, piece, into);
    }

    private static int EndOf(ReadOnlySpan<byte> text, int from)
    {
        var close = text[from..].IndexOf("-----END "u8);
        if (close < 0)
            return text.Length;
        close += from + 9;
        var dashes = text[close..].IndexOf("-----"u8);
        return dashes < 0 ? text.Length : close + dashes + 5;
    }

    private void FindEncoded(ReadOnlySpan<byte> text, byte[] piece, List<SecretRange> into)
    {
        for (var at = 0; ;)
        {
            var found = text[at..].IndexOf(piece);
            if (found < 0)
                return;
            var (start, end) = (at + found, at + found);
            while (start > at && AsciiText.IsBase64(text[start - 1]))
                start--;
            while (end < text.Length && (AsciiText.IsBase64(text[end]) || IsWrap(text, end)))
                end++;
            Add(text, start, end, into);
            at = end;
        }
    }

    // Base64 is often wrapped, and indented in YAML.
    private static bool IsWrap(ReadOnlySpan<byte> text, int at) =>
        text[at] is (byte)'\n' or (byte)'\r' && at + 1 < text.Length && (AsciiText.IsBase64(text[at + 1]) || text[at + 1] == '\n');
}
