using System.Globalization;
using System.Net;

namespace Reeve.Server.Sources.Listening;

/// <summary>Says why a connection was not read, and what to do about it.</summary>
internal sealed class ListeningTroubles(SenderRegistry senders)
{
    /// <summary>Its address may not send.</summary>
    public void NotTrusted(SourceIdentity identity) => senders.Note(
        identity, "not-trusted", $"A connection {From(identity)} was closed: no network of `trust` has its address.",
        "If it shall send, add its network to the source's `trust` in reeve.yaml.");

    /// <summary>There are too many.</summary>
    public void TooMany(SourceIdentity identity, int most) => senders.Note(
        identity, "too-many-connections", string.Create(CultureInfo.InvariantCulture, $"A connection {From(identity)} was closed: {most:N0} are open already."),
        "Send through a relay that keeps one connection, or find out who opens so many.");

    /// <summary>TLS did not come about.</summary>
    /// <param name="identity">Who connected.</param>
    /// <param name="reason">Why, a sentence without its full stop.</param>
    public void NoTls(SourceIdentity identity, string reason) => senders.Note(
        identity, "no-tls", $"A connection {From(identity)} was closed: TLS failed. {reason}.",
        "This port takes TLS only. Look at the sender's certificate, at the authority it trusts, and at `tls` of the source in reeve.yaml.");

    /// <summary>Who it is, for a sentence.</summary>
    public static string From(SourceIdentity identity) => identity.Sender switch
    {
        { Host: { Length: > 0 } host } => $"from host {host}",
        { Peer: IPAddress peer } => $"from {peer}",
        _ => "from a sender",
    };
}
