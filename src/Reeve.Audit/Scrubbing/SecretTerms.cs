namespace Reeve.Audit.Scrubbing;

/// <summary>The names by which secrets are known: kinds, resources, keys and paths.</summary>
internal static class SecretTerms
{
    /// <summary>Whether bytes can hold anything to scrub: they hold one of the <see cref="SecretNeedles"/>.</summary>
    public static bool MayOccur(ReadOnlySpan<byte> json) => new NeedleScan(json).Next(out _);

    /// <summary>What a <c>kind</c> says about its object.</summary>
    public static SecretScope OfKind(ReadOnlySpan<byte> kind)
    {
        if (kind.SequenceEqual("Secret"u8) || kind.SequenceEqual("SecretList"u8))
            return SecretScope.Secret;
        return kind.StartsWith("TokenRequest"u8) || kind.StartsWith("TokenReview"u8) ? SecretScope.Token : SecretScope.None;
    }

    /// <summary>What a <c>type</c> says about its object, for the items of a list that are found without it.</summary>
    public static SecretScope OfType(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("Opaque"u8) || type.StartsWith("kubernetes.io/"u8) || type.StartsWith("bootstrap.kubernetes.io/"u8)
            ? SecretScope.Secret : SecretScope.None;

    /// <summary>What <c>objectRef.resource</c> says about the event.</summary>
    public static SecretScope OfResource(ReadOnlySpan<byte> resource)
    {
        if (resource.SequenceEqual("secrets"u8))
            return SecretScope.Secret;
        return resource.SequenceEqual("tokenreviews"u8) ? SecretScope.Token : SecretScope.None;
    }

    /// <summary>What <c>objectRef.subresource</c> says about the event.</summary>
    public static SecretScope OfSubresource(ReadOnlySpan<byte> subresource) =>
        subresource.SequenceEqual("token"u8) ? SecretScope.Token : SecretScope.None;

    /// <summary>What <c>requestURI</c> says about the event.</summary>
    public static SecretScope OfUri(ReadOnlySpan<byte> uri)
    {
        var query = uri.IndexOf((byte)'?');
        var path = query < 0 ? uri : uri[..query];
        var scope = SecretScope.None;
        foreach (var segment in path.Split((byte)'/'))
            scope |= OfResource(path[segment]) | OfSubresource(path[segment]);
        return scope;
    }

    /// <summary>Whether a JSON Patch path (RFC 6901) leads to a secret value of such an object.</summary>
    public static bool IsSecretPath(ReadOnlySpan<byte> path, SecretScope scope)
    {
        if (path.StartsWith("/metadata/"u8))
            return false;
        foreach (var segment in path.Split((byte)'/'))
        {
            if (IsSecretKey(path[segment], scope))
                return true;
        }

        return false;
    }

    /// <summary>Whether the member of that name of such an object is a secret, or a map of secrets.</summary>
    public static bool IsSecretKey(ReadOnlySpan<byte> key, SecretScope scope)
    {
        if ((scope & SecretScope.Secret) != SecretScope.None && (Is(key, "data"u8) || Is(key, "stringData"u8)))
            return true;
        return (scope & SecretScope.Token) != SecretScope.None && Is(key, "token"u8);
    }


    /// <summary>
    /// Whether bytes without a readable structure may be a piece of an object with secrets: they speak of one as JSON
    /// does, or of its members.
    /// </summary>
    public static bool IsMentioned(ReadOnlySpan<byte> text) =>
        text.IndexOf("\"Secret"u8) >= 0 || text.IndexOf("\"secrets"u8) >= 0 || text.IndexOf("tringData"u8) >= 0
        || text.IndexOf("\"data"u8) >= 0 || text.IndexOf("\"Opaque"u8) >= 0
        || text.IndexOf("\"TokenRe"u8) >= 0 || text.IndexOf("\"token"u8) >= 0 || HasEscapedLetter(text);

    private static bool Is(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name) =>
        System.Text.Ascii.EqualsIgnoreCase(key, name);

    private static bool HasEscapedLetter(ReadOnlySpan<byte> json)
    {
        while (true)
        {
            var at = json.IndexOf("\\u00"u8);
            if (at < 0 || at + 4 >= json.Length)
                return false;
            if (json[at + 4] is >= (byte)'4' and <= (byte)'7')
                return true;
            json = json[(at + 4)..];
        }
    }
}
