using System.Runtime.InteropServices;
using Reeve.Audit.Reading;

namespace Reeve.Server.Sources.Relp;

/// <summary>One RELP frame, or the beginning of one that is too long.</summary>
/// <param name="Transaction">The number by which it is answered.</param>
/// <param name="Command">What it asks for.</param>
/// <param name="Data">Its data; valid until more is read.</param>
/// <param name="Tail">What of the data is not in <paramref name="Data"/>.</param>
/// <param name="Fault">What is wrong with it; then nothing else of it is told, and nothing can be read behind it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RelpFrame(int Transaction, RelpCommand Command, ReadOnlyMemory<byte> Data, RecordTail Tail, RelpFault Fault = RelpFault.None);

/// <summary>What a sender can ask for.</summary>
internal enum RelpCommand
{
    /// <summary>What is not known here.</summary>
    Other,

    /// <summary>To begin a session.</summary>
    Open,

    /// <summary>To take a syslog message.</summary>
    Syslog,

    /// <summary>To end the session.</summary>
    Close,
}

/// <summary>What is wrong with what a sender sends.</summary>
internal enum RelpFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is not RELP.</summary>
    Foreign,

    /// <summary>It begins a TLS handshake.</summary>
    Tls,

    /// <summary>A frame says that it is longer than any.</summary>
    Length,
}
