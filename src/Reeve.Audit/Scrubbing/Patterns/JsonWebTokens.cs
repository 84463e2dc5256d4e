namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>JWTs (RFC 7519, also encrypted ones, RFC 7516), whole or cut; registry credentials as base64, which begin alike.</summary>
internal sealed class JsonWebTokens : SecretPattern
{
    // A header and a piece of what follows: shorter ones are no token that still opens anything.
    private const int ShortestCut = 24;

    public override SecretKind Kind => SecretKind.JsonWebToken;

    // {"auths": in base64
    private static ReadOnlySpan<byte> Registries => "eyJhdXRocyI6"u8;

    public override void Find(ReadOnlySpan<byte> text, List<SecretRange> into)
    {
        for (var at = 0; ;)
        {
            var found = text[at..].IndexOf("eyJ"u8);
            if (found < 0)
                return;
            at += found;
            var (end, dots) = (at, 0);
            while (end < text.Length && (AsciiText.IsBase64(text[end]) || (text[end] == '.' && dots < 4)))
                dots += text[end++] == '.' ? 1 : 0;
            if (dots >= 2 || (dots == 1 && end - at >= ShortestCut && (end == text.Length || text[end] == '.')) || text[at..end].StartsWith(Registries))
                Add(text, at, end, into);
            at = end;
        }
    }
}
