using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Reeve.Server.Sources.Senders;

/// <summary>
/// What makes a sender the same one. A cluster that people decide is not part of it: with another assignment it is the
/// same sender. One that the sender's address names is.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SenderKey(string Source, string Cluster, string Host, Sender Sender, bool IsOthers)
{
    /// <summary>The most characters of a text from outside; a DNS name has 253 at most (RFC 1035 §2.3.4).</summary>
    public const int MaxText = 256;

    /// <summary>The key of who delivers under an identity.</summary>
    public static SenderKey Of(SourceIdentity identity) => new(
        identity.Name,
        identity.IsAssignable ? "" : identity.Cluster,
        Clip(identity.Host),
        Clip(identity.Sender),
        IsOthers: false);

    /// <summary>The key of those who are too many to be told apart.</summary>
    public static SenderKey OthersOf(SourceIdentity identity) => new(identity.Name, identity.Cluster, "", Sender.Unknown, IsOthers: true);

    /// <summary>A name for the API: <c>s</c> and 16 hex digits, the same for equal keys of every run.</summary>
    public string Id()
    {
        var text = string.Join('\0', Source, Cluster, Host, Sender.Peer?.ToString(), Sender.San, Sender.Tag, IsOthers ? "others" : "");
        return "s" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    // What the sender calls its host is the key's host already, unless the source names another that goes before it.
    private static Sender Clip(Sender sender) =>
        sender is { San.Length: <= MaxText, Tag.Length: <= MaxText, Host.Length: 0, Path.Length: 0 }
            ? sender
            : new(sender.Peer, Clip(sender.San), Tag: Clip(sender.Tag));

    // Of a name that was cut it is to be seen that it goes on.
    private static string Clip(string text) => text.Length <= MaxText ? text : text[..(MaxText - 1)] + "…";
}
