using static Reeve.Server.Sources.Listening.ListeningTroubles;

namespace Reeve.Server.Sources.Relp;

/// <summary>Says what goes wrong with a sender of RELP, and what to do about it.</summary>
internal sealed class RelpTroubles(SenderRegistry senders)
{
    /// <summary>What comes cannot be read; the connection is closed.</summary>
    public void Fault(SourceIdentity identity, RelpFault fault)
    {
        var (code, what, advice) = fault switch
        {
            RelpFault.Tls => (
                "tls", "is TLS, and this port takes plain RELP",
                "Give the source `tls` in reeve.yaml, or take `tls=\"on\"` out of the sender's configuration."),
            RelpFault.Length => (
                "bad-length", "says that it is longer than any event",
                "Nothing of it is acknowledged, so its sender keeps it: look there for what makes it that long."),
            _ => (
                "not-relp", "is not RELP",
                "Send with `omrelp`, not `omfwd`, to this port; plain syslog goes to a source of type syslog."),
        };
        senders.Note(identity, code, $"What comes {From(identity)} {what}; the connection was closed.", advice);
    }
}
