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

    /// <summary>Nothing by itself: it says that a bootstrap token may stand anywhere.</summary>
    Bootstrap,

    /// <summary>Nothing by itself: it makes what speaks of Secrets hold some.</summary>
    Payload,
}

/// <summary>One piece of text without which there is nothing of its sort to scrub.</summary>
internal sealed class SecretNeedle(string text, int probe, int group, NeedleLook look, bool anyCase = true)
{
    /// <summary>Where in it the three bytes begin that are rarest in audit logs.</summary>
    public int Probe { get; } = probe;

    /// <summary>Its bytes, ASCII; lower case where the case does not count.</summary>
    public byte[] Bytes { get; } = System.Text.Encoding.ASCII.GetBytes(text);

    /// <summary>Which of the eight groups of <see cref="NeedleScan"/> it is in; the fewer different bytes their probes have, the fewer places look like one.</summary>
    public int Group { get; } = group;

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
        new("secret", 1, 0, NeedleLook.Name),
        new("token", 1, 1, NeedleLook.Name),
        new("pass", 0, 2, NeedleLook.Name),
        new("\"data", 0, 3, NeedleLook.Payload),
        new("/data", 0, 3, NeedleLook.Payload),
        new("data:", 2, 1, NeedleLook.Payload),
        new("data%22", 3, 4, NeedleLook.Payload),
        new("stringdata", 5, 3, NeedleLook.Payload),
        new("_pwd", 0, 5, NeedleLook.Name),
        new("pwd=", 1, 1, NeedleLook.Name),
        new("_key", 0, 1, NeedleLook.Name),
        new("-key", 0, 1, NeedleLook.Name),
        new("apikey", 1, 3, NeedleLook.Name),
        new("accesskey", 4, 3, NeedleLook.Name),
        new("accountkey", 5, 3, NeedleLook.Name),
        new("privatekey", 5, 3, NeedleLook.Name),
        new("\"KEY\"", 0, 4, NeedleLook.Search, anyCase: false),
        new("signature=", 7, 0, NeedleLook.Name),
        new("sig=", 1, 0, NeedleLook.Name),
        new("credentials", 8, 2, NeedleLook.Name),
        new("encryptionkey", 8, 3, NeedleLook.Name),
        new("signingkey", 5, 1, NeedleLook.Name),
        new("masterkey", 4, 6, NeedleLook.Name),
        new("authkey", 3, 1, NeedleLook.Name),
        new("keydata", 2, 1, NeedleLook.Name),
        new("pwd\"", 1, 1, NeedleLook.Name),
        new("pwd\\", 1, 1, NeedleLook.Name),
        new("auth=", 2, 1, NeedleLook.Name),
        new("dockerc", 4, 6, NeedleLook.Name),
        new("auth\"", 2, 1, NeedleLook.Name),
        new("auth\\\"", 2, 1, NeedleLook.Name),
        new("auth%22", 2, 1, NeedleLook.Name),
        new("auth:", 2, 1, NeedleLook.Name),
        new("bearer", 3, 0, NeedleLook.Scheme),
        new("basic ", 3, 2, NeedleLook.Scheme),
        new("basic+", 3, 2, NeedleLook.Scheme),
        new("basic\\", 3, 2, NeedleLook.Scheme),
        new("basic%20", 3, 2, NeedleLook.Scheme),
        new("eyJ", 0, 6, NeedleLook.Search, anyCase: false),
        new("PRIVATE", 3, 7, NeedleLook.Search, anyCase: false),
        new("SVZBVEUgS0VZ", 3, 7, NeedleLook.Search, anyCase: false),
        new("JJVkFURSBLRV", 3, 4, NeedleLook.Search, anyCase: false),
        new("UklWQVRFIEtFW", 3, 7, NeedleLook.Search, anyCase: false),
        new("AKIA", 0, 7, NeedleLook.Search, anyCase: false),
        new("ASIA", 0, 7, NeedleLook.Search, anyCase: false),
        new("://", 0, 7, NeedleLook.Url, anyCase: false),
        new(":\\/\\/", 0, 7, NeedleLook.Search, anyCase: false),
        new("%3a%2f%2f", 0, 5, NeedleLook.Search),
        new("curl", 1, 6, NeedleLook.Program),
        new("/env/", 0, 5, NeedleLook.Search),
        new("sshpass", 2, 3, NeedleLook.Program),
        new("mysql", 1, 5, NeedleLook.Program),
        new("mariadb", 3, 1, NeedleLook.Program),
        new("redis-cli", 4, 4, NeedleLook.Program),
        new("mongo", 2, 1, NeedleLook.Program),
        new("ldap", 0, 3, NeedleLook.Program),
        new("sqlcmd", 2, 3, NeedleLook.Program),
        new("login", 1, 1, NeedleLook.Program),
        new("bootstrap", 3, 5, NeedleLook.Bootstrap),
        new("kubeadm", 2, 3, NeedleLook.Bootstrap),
        new("\\u004", 0, 6, NeedleLook.Search, anyCase: false),
        new("\\u005", 0, 6, NeedleLook.Search, anyCase: false),
        new("\\u006", 0, 6, NeedleLook.Search, anyCase: false),
        new("\\u007", 0, 6, NeedleLook.Search, anyCase: false),
    ];
}
