namespace Reeve.Audit.Scrubbing;

/// <summary>What a look around a needle has to decide.</summary>
internal enum NeedleLook : byte
{
    /// <summary>Nothing: only a search of the whole event tells.</summary>
    Search,

    /// <summary>Whether the word it stands in is a name with a value of its own, or says that the event holds Secrets.</summary>
    Name,

    /// <summary>Whether credentials follow: <c>Bearer abc</c>.</summary>
    Scheme,

    /// <summary>Whether a URL names a password.</summary>
    Url,

    /// <summary>Whether a program is called, or is the name of a client.</summary>
    Program,

    /// <summary>Whether a bootstrap token stands anywhere in the event.</summary>
    Bootstrap,
}

/// <summary>One piece of text without which there is nothing of its sort to scrub.</summary>
internal sealed class SecretNeedle(string text, NeedleLook look, bool anyCase = true)
{
    /// <summary>Its bytes, ASCII; lower case where the case does not count.</summary>
    public byte[] Bytes { get; } = System.Text.Encoding.ASCII.GetBytes(text);

    /// <summary>Whether upper and lower case letters are the same.</summary>
    public bool AnyCase { get; } = anyCase;

    /// <summary>How to tell at a glance that this occurrence is none.</summary>
    public NeedleLook Look { get; } = look;
}

/// <summary>
/// The needles: a whole event without any of them holds nothing to scrub. Names with an escaped letter have needles of
/// their own, so every name the patterns know holds one, in whatever way it is written.
/// </summary>
internal static class SecretNeedles
{
    /// <summary>Every needle, at least three bytes each.</summary>
    public static SecretNeedle[] All { get; } =
    [
        new("secret", NeedleLook.Name),
        new("token", NeedleLook.Name),
        new("pass", NeedleLook.Name),
        new("_pwd", NeedleLook.Name),
        new("pwd=", NeedleLook.Name),
        new("_key", NeedleLook.Name),
        new("-key", NeedleLook.Name),
        new("apikey", NeedleLook.Name),
        new("accesskey", NeedleLook.Name),
        new("accountkey", NeedleLook.Name),
        new("privatekey", NeedleLook.Name),
        new("\"KEY\"", NeedleLook.Search, anyCase: false),
        new("signature=", NeedleLook.Name),
        new("sig=", NeedleLook.Name),
        new("credential=", NeedleLook.Name),
        new("dockerc", NeedleLook.Name),
        new("auth\"", NeedleLook.Name),
        new("auth\\\"", NeedleLook.Name),
        new("auth:", NeedleLook.Name),
        new("bearer", NeedleLook.Scheme),
        new("basic ", NeedleLook.Scheme),
        new("basic+", NeedleLook.Scheme),
        new("basic%20", NeedleLook.Scheme),
        new("eyJ", NeedleLook.Search, anyCase: false),
        new("PRIVATE KEY", NeedleLook.Search, anyCase: false),
        new("SVZBVEUgS0VZ", NeedleLook.Search, anyCase: false),
        new("JJVkFURSBLRV", NeedleLook.Search, anyCase: false),
        new("UklWQVRFIEtFW", NeedleLook.Search, anyCase: false),
        new("AKIA", NeedleLook.Search, anyCase: false),
        new("ASIA", NeedleLook.Search, anyCase: false),
        new("://", NeedleLook.Url, anyCase: false),
        new(":\\/\\/", NeedleLook.Search, anyCase: false),
        new("%3a%2f%2f", NeedleLook.Search),
        new("curl", NeedleLook.Program),
        new("mysql", NeedleLook.Program),
        new("mariadb", NeedleLook.Program),
        new("redis-cli", NeedleLook.Program),
        new("mongo", NeedleLook.Program),
        new("ldap", NeedleLook.Program),
        new("sqlcmd", NeedleLook.Program),
        new("login", NeedleLook.Program),
        new("bootstrap", NeedleLook.Bootstrap),
        new("kubeadm", NeedleLook.Bootstrap),
        new("\\u004", NeedleLook.Search, anyCase: false),
        new("\\u005", NeedleLook.Search, anyCase: false),
        new("\\u006", NeedleLook.Search, anyCase: false),
        new("\\u007", NeedleLook.Search, anyCase: false),
    ];

    /// <summary>Where the first needle stands from a position on, and which; -1 for none.</summary>
    public static int IndexOfAny(ReadOnlySpan<byte> text, out SecretNeedle needle)
    {
        var first = -1;
        needle = All[0];
        foreach (var candidate in All)
        {
            var within = first < 0 ? text : text[..Math.Min(text.Length, first + candidate.Bytes.Length - 1)];
            var at = candidate.AnyCase ? AsciiText.IndexOf(within, candidate.Bytes) : within.IndexOf(candidate.Bytes);
            if (at >= 0)
                (first, needle) = (at, candidate);
        }

        return first;
    }
}
