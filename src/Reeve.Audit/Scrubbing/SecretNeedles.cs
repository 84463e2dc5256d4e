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
    private readonly uint _mask = Pack(text, probe, _ => 0xff);
    private readonly uint _fold = Pack(text, probe, letter => anyCase && char.IsAsciiLetter(letter) ? (byte)0x20 : (byte)0);
    private readonly uint _value = Pack(text, probe, letter => (byte)letter);

    /// <summary>Where in it the four bytes begin that are rarest in audit logs; a shorter needle has fewer.</summary>
    public int Probe { get; } = probe;

    /// <summary>Its bytes, ASCII; lower case where the case does not count.</summary>
    public byte[] Bytes { get; } = System.Text.Encoding.ASCII.GetBytes(text);

    /// <summary>Which of the eight groups of <see cref="NeedleScan"/> it is in; put together so that of a thousand bytes of audit logs only two look like one.</summary>
    public int Group { get; } = group;

    /// <summary>Whether upper and lower case letters are the same.</summary>
    public bool AnyCase { get; } = anyCase;

    /// <summary>Whether the needle may stand where its probe would be these four bytes, little-endian; wrong only by letters' case.</summary>
    public bool MayBe(uint probe) => (probe & _mask | _fold) == _value;

    /// <summary>How to tell at a glance that this occurrence is none.</summary>
    public NeedleLook Look { get; } = look;

    // A byte the probe does not have counts for nothing; a letter in any case has the bit of small ones.
    private static uint Pack(string text, int probe, Func<char, byte> of)
    {
        var packed = 0u;
        for (var place = 0; place < NeedleTables.ProbeLength && probe + place < text.Length; place++)
            packed |= (uint)of(text[probe + place]) << (place * 8);
        return packed;
    }
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
        new("secret", 0, 0, NeedleLook.Name),
        new("token", 0, 0, NeedleLook.Name),
        new("pass", 0, 6, NeedleLook.Name),
        new("\"data", 0, 2, NeedleLook.Payload),
        new("/data", 0, 2, NeedleLook.Payload),
        new("data:", 1, 6, NeedleLook.Payload),
        new("data%22", 1, 6, NeedleLook.Payload),
        new("stringdata", 0, 6, NeedleLook.Payload),
        new("_pwd", 0, 0, NeedleLook.Name),
        new("pwd=", 0, 0, NeedleLook.Name),
        new("-pwd", 0, 0, NeedleLook.Name),
        new("-auth", 1, 1, NeedleLook.Name),
        new("_key", 0, 4, NeedleLook.Name),
        new("-key", 0, 4, NeedleLook.Name),
        new(".key", 0, 4, NeedleLook.Name),
        new("KEY=", 0, 4, NeedleLook.Name, anyCase: false),
        new("apikey", 0, 4, NeedleLook.Name),
        new("accesskey", 3, 4, NeedleLook.Name),
        new("accountkey", 4, 4, NeedleLook.Name),
        new("privatekey", 1, 2, NeedleLook.Name),
        new("\"KEY\"", 0, 4, NeedleLook.Search, anyCase: false),
        new("signature=", 0, 2, NeedleLook.Name),
        new("sig=", 0, 5, NeedleLook.Name),
        new("credentials", 7, 5, NeedleLook.Name),
        new("encryptionkey", 0, 5, NeedleLook.Name),
        new("signingkey", 0, 5, NeedleLook.Name),
        new("masterkey", 3, 4, NeedleLook.Name),
        new("authkey", 1, 4, NeedleLook.Name),
        new("keydata", 0, 3, NeedleLook.Name),
        new("pwd\"", 0, 7, NeedleLook.Name),
        new("pwd\\", 0, 3, NeedleLook.Name),
        new("auth=", 1, 7, NeedleLook.Name),
        new("dockerc", 0, 5, NeedleLook.Name),
        new("auth\"", 1, 5, NeedleLook.Name),
        new("auth\\\"", 1, 5, NeedleLook.Name),
        new("auth%22", 1, 5, NeedleLook.Name),
        new("auth:", 1, 3, NeedleLook.Name),
        new("bearer", 0, 3, NeedleLook.Scheme),
        new("basic ", 2, 6, NeedleLook.Scheme),
        new("basic+", 2, 6, NeedleLook.Scheme),
        new("basic\\", 2, 6, NeedleLook.Scheme),
        new("basic%20", 2, 6, NeedleLook.Scheme),
        new("eyJ", 0, 1, NeedleLook.Search, anyCase: false),
        new("PRIVATE", 0, 1, NeedleLook.Search, anyCase: false),
        new("SVZBVEUgS0VZ", 0, 7, NeedleLook.Search, anyCase: false),
        new("JJVkFURSBLRV", 0, 7, NeedleLook.Search, anyCase: false),
        new("UklWQVRFIEtFW", 0, 2, NeedleLook.Search, anyCase: false),
        new("AKIA", 0, 2, NeedleLook.Search, anyCase: false),
        new("ASIA", 0, 1, NeedleLook.Search, anyCase: false),
        new("://", 0, 1, NeedleLook.Url, anyCase: false),
        new(":\\/\\/", 0, 2, NeedleLook.Search, anyCase: false),
        new("%3a%2f%2f", 0, 2, NeedleLook.Search),
        new("curl", 0, 7, NeedleLook.Program),
        new("/env/", 0, 7, NeedleLook.Search),
        new("sshpass", 0, 6, NeedleLook.Program),
        new("mysql", 0, 6, NeedleLook.Program),
        new("mariadb", 0, 7, NeedleLook.Program),
        new("redis-cli", 0, 7, NeedleLook.Program),
        new("mongo", 0, 7, NeedleLook.Program),
        new("ldap", 0, 7, NeedleLook.Program),
        new("sqlcmd", 0, 6, NeedleLook.Program),
        new("login", 0, 6, NeedleLook.Program),
        new("bootstrap", 0, 3, NeedleLook.Bootstrap),
        new("kubeadm", 1, 7, NeedleLook.Bootstrap),
        new("\\u004", 1, 3, NeedleLook.Search, anyCase: false),
        new("\\u005", 1, 7, NeedleLook.Search, anyCase: false),
        new("\\u006", 1, 3, NeedleLook.Search, anyCase: false),
        new("\\u007", 1, 3, NeedleLook.Search, anyCase: false),
    ];
}
