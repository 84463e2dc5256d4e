namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>Credentials behind <c>Bearer</c> and <c>Basic</c> (RFC 6750, RFC 7617).</summary>
internal sealed class AuthorizationHeaders : SecretPattern
{
    private const int Shortest = 8;
    private const int Lookback = 24;

    private static readonly byte[][] Schemes = ["bearer"u8.ToArray(), "basic"u8.ToArray()];

    public override SecretKind Kind => SecretKind.Authorization;

    public override void Find(ReadOnlySpan<byte> text, List<SecretRange> into)
    {
        foreach (var scheme in Schemes)
        {
            for (var at = 0; ;)
            {
                var found = AsciiText.IndexOf(text[at..], scheme);
                if (found < 0)
                    break;
                var isHeader = AsciiText.Contains(text[Math.Max(0, at + found - Lookback)..(at + found)], "authorization"u8);
                at += found + scheme.Length;
                var start = at;
                while (start < text.Length && text[start] is (byte)' ' or (byte)'+' or (byte)'\t' or (byte)':' or (byte)'=')
                    start++;
                var end = EndOf(text, start);
                if (start > at && end > start && (isHeader || IsCredential(text[start..end])))
                    Add(text, start, end, into);
                at = Math.Max(at, end);
            }
        }
    }

    /// <summary>Whether a word is no word of a sentence.</summary>
    public static bool IsCredential(ReadOnlySpan<byte> word)
    {
        if (word.Length < Shortest)
            return false;
        var plain = 0;
        foreach (var b in word)
            plain += b is >= (byte)'a' and <= (byte)'z' or (byte)'-' ? 1 : 0;
        return plain < word.Length;
    }

    private static int EndOf(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (AsciiText.IsBase64(text[at]) || text[at] is (byte)'.' or (byte)'~'))
            at++;
        return at;
    }
}
