using System.Globalization;
using Reeve.Audit.Salvage;
using static Reeve.Server.Sources.Listening.ListeningTroubles;

namespace Reeve.Server.Sources.Syslog;

/// <summary>Says what goes wrong with a sender of syslog, and what to do about it.</summary>
internal sealed class SyslogTroubles(SenderRegistry senders)
{
    private const string RaiseRsyslog = "Put `$MaxMessageSize 2m` first in its configuration and restart it.";

    /// <summary>An event arrived without its end.</summary>
    public void Cut(SourceIdentity identity, long frameLength, CutCause? cause)
    {
        var from = From(identity);
        if (CutCauses.OfFrame(frameLength) is { } frame)
            senders.Note(identity, "cut-by-sender", Text($"Frames {from} end at {frameLength:N0} bytes: {frame.Text}."), frame.Mend);
        else if (cause is not null)
            senders.Note(identity, cause.Code, $"Events {from} arrive incomplete. {cause.Text}.", cause.Mend);
        else
        {
            senders.Note(
                identity, "cut-by-sender", Text($"An event {from} arrived without its end, after {frameLength:N0} bytes."),
                "Raise the largest message of its syslog daemon; in rsyslog, put `$MaxMessageSize 2m` first in its configuration.");
        }
    }

    /// <summary>A later piece of a cut event arrived.</summary>
    public void Split(SourceIdentity identity) => senders.Note(
        identity, "split-by-sender", $"Long events {From(identity)} arrive in pieces, which cannot be put together: bytes are missing between them.", RaiseRsyslog);

    /// <summary>A connection ended within a frame.</summary>
    public void EndedWithinFrame(SourceIdentity identity) => senders.Note(
        identity, "connection-ended", $"A connection {From(identity)} ended within a frame; what had come of it is kept.",
        "The sender was stopped or the network broke. Plain TCP can lose what was on its way; a disk queue in the sender keeps what it could not send.");

    /// <summary>A frame is framed in a way that cannot be read, or not be believed.</summary>
    public void Fault(SourceIdentity identity, SyslogFault fault)
    {
        var (code, message, advice) = fault switch
        {
            SyslogFault.Compressed => (
                "compressed", $"What comes {From(identity)} is compressed, which is not read here; the connection was closed.",
                "Send it uncompressed: take the z option (`@@(z9)host`) or `compression.mode` out of the sender's configuration."),
            SyslogFault.Tls => (
                "tls", $"What comes {From(identity)} is TLS, and this port takes plain TCP; the connection was closed.",
                "Give the source `tls` in reeve.yaml, or take TLS out of the sender's configuration for this port."),
            _ => (
                "bad-length", $"A frame {From(identity)} begins with a length larger than any frame; it was read up to its line break.",
                "Look at the sender's framing: octet-counted frames begin with their length in bytes and a space."),
        };
        senders.Note(identity, code, message, advice);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
