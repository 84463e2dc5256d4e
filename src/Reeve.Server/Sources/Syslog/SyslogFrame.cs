using System.Runtime.InteropServices;
using Reeve.Audit.Reading;

namespace Reeve.Server.Sources.Syslog;

/// <summary>One syslog frame, or the beginning of one that is too long.</summary>
/// <param name="Bytes">Header and message, without count and line break; valid until more is read.</param>
/// <param name="Tail">What of the frame is not in <paramref name="Bytes"/>.</param>
/// <param name="IsPartial">Whether the connection ended before the frame did.</param>
/// <param name="Fault">What is wrong with how it is framed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SyslogFrame(ReadOnlyMemory<byte> Bytes, RecordTail Tail, bool IsPartial = false, SyslogFault Fault = SyslogFault.None)
{
    /// <summary>Its size in bytes, as its sender made it.</summary>
    public long Length => Bytes.Length + Tail.Bytes;
}

/// <summary>What is wrong with the way a sender frames.</summary>
internal enum SyslogFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The number of octets before a frame is larger than any frame; it is read up to the line break instead.</summary>
    Length,

    /// <summary>The bytes are compressed.</summary>
    Compressed,

    /// <summary>The bytes begin a TLS handshake.</summary>
    Tls,
}
