using System.Runtime.InteropServices;

namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>A piece of a text that is a secret.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SecretRange(int Start, int End, SecretKind Kind);

/// <summary>
/// One way in which secrets stand in texts: unescaped strings, decoded URLs, or bytes nobody could parse, where quotes
/// may stand behind backslashes. Each takes time linear in the text. A zero byte separates words of a command.
/// </summary>
internal abstract class SecretPattern
{
    /// <summary>Every pattern.</summary>
    public static SecretPattern[] All { get; } =
    [
        new JsonWebTokens(),
        new PrivateKeys(),
        new AuthorizationHeaders(),
        new UrlPasswords(),
        new BootstrapTokens(),
        new CloudKeys(),
        new Assignments(),
        new CommandArguments(),
        new SecretManifests(),
    ];

    /// <summary>What it finds.</summary>
    public abstract SecretKind Kind { get; }

    /// <summary>Adds what it finds, in any order.</summary>
    public abstract void Find(ReadOnlySpan<byte> text, List<SecretRange> into);

    /// <summary>Adds a range unless it is empty or a fingerprint already.</summary>
    protected void Add(ReadOnlySpan<byte> text, int start, int end, List<SecretRange> into)
    {
        if (start < end && !text[start..].StartsWith(FingerprintText.Prefix))
            into.Add(new SecretRange(start, end, Kind));
    }
}
