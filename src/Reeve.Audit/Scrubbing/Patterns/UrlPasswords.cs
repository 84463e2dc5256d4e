using System.Buffers;

namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>The password in <c>scheme://user:password@host</c> (RFC 3986 §3.2.1).</summary>
internal sealed class UrlPasswords : SecretPattern
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create("/?# \t\r\n\"'\\<>\0"u8);

    public override SecretKind Kind => SecretKind.UrlPassword;

    public override void Find(ReadOnlySpan<byte> text, List<SecretRange> into)
    {
        for (var at = 0; ;)
        {
            var found = text[at..].IndexOf("://"u8);
            if (found < 0)
                return;
            at += found + 3;
            var length = text[at..].IndexOfAny(Ends);
            var end = length < 0 ? text.Length : at + length;
            var (colon, close) = (text[at..end].IndexOf((byte)':'), text[at..end].LastIndexOf((byte)'@'));
            if (colon >= 0 && close > colon && !SecretPlaceholders.Is(text[(at + colon + 1)..(at + close)]))
                Add(text, at + colon + 1, at + close, into);
            at = end;
        }
    }
}
