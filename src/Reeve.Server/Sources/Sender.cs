using System.Net;

namespace Reeve.Server.Sources;

/// <summary>Who delivered a record, as far as the way of delivery tells. Equal senders have equal parts.</summary>
/// <param name="Peer">The address it came from; null where there is no connection, as with a file.</param>
/// <param name="San">The name in its certificate; empty without one.</param>
/// <param name="Host">The host it says the record is from; empty where it does not say.</param>
/// <param name="Tag">The syslog tag; empty without one.</param>
/// <param name="Path">The file the record was read from; empty where it came over a connection.</param>
public sealed record Sender(IPAddress? Peer = null, string San = "", string Host = "", string Tag = "", string Path = "")
{
    /// <summary>Nothing is known.</summary>
    public static Sender Unknown { get; } = new();
}
