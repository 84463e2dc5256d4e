using System.Buffers;
using System.Text;

namespace Reeve.Server.Sources.Relp;

/// <summary>Answers to frames, in the order of these (RELP specification 0.0.1, Response and Server hints). Not thread-safe.</summary>
internal sealed class RelpAnswers
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    /// <summary>What is to be sent.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>It is done.</summary>
    public void Done(int transaction) => Answer(transaction, "200 OK"u8);

    /// <summary>The session has begun.</summary>
    /// <param name="transaction">The frame that asked for it.</param>
    /// <param name="offers">The sender's offers, a name and a value each line.</param>
    public void Opened(int transaction, ReadOnlySpan<byte> offers)
    {
        // librelp offers version 0 for what the specification calls 1, and ends a session that is answered with another.
        var version = offers.IndexOf("relp_version="u8) is >= 0 and var at && offers[(at + "relp_version="u8.Length)..] is [>= (byte)'0' and <= (byte)'9' and var digit, ..]
            ? (char)digit
            : '0';
        Answer(transaction, Encoding.ASCII.GetBytes($"200 OK\nrelp_version={version}\nrelp_software=reeve\ncommands=syslog"));
    }

    /// <summary>It cannot be done.</summary>
    public void Refused(int transaction, ReadOnlySpan<byte> reason)
    {
        Span<byte> data = stackalloc byte[64];
        "500 "u8.CopyTo(data);
        reason.CopyTo(data[4..]);
        Answer(transaction, data[..(4 + reason.Length)]);
    }

    /// <summary>Nothing more is read of this session.</summary>
    public void Closes() => _bytes.Write("0 serverclose 0\n"u8);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    private void Answer(int transaction, ReadOnlySpan<byte> data)
    {
        Number(transaction);
        _bytes.Write(" rsp "u8);
        Number(data.Length);
        _bytes.Write(" "u8);
        _bytes.Write(data);
        _bytes.Write("\n"u8);
    }

    private void Number(int value)
    {
        value.TryFormat(_bytes.GetSpan(10), out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        _bytes.Advance(written);
    }
}
