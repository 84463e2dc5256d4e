using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Reeve.Server.Sources.Syslog;

/// <summary>How a frame of syslog over TCP says where it ends (RFC 6587 §3.4).</summary>
internal enum SyslogFraming
{
    /// <summary>It is not known yet; more bytes are needed.</summary>
    Unknown,

    /// <summary>At a line break (RFC 6587 §3.4.2).</summary>
    Line,

    /// <summary>A number of octets stands before it (RFC 6587 §3.4.1).</summary>
    Counted,

    /// <summary>No frame can begin like this: the sender compresses, or speaks TLS.</summary>
    Foreign,
}

/// <summary>What the first bytes of a frame say.</summary>
/// <param name="Framing">How it ends.</param>
/// <param name="Length">Its octets, of a counted one.</param>
/// <param name="Prefix">Bytes before it that say how many, of a counted one.</param>
/// <param name="Fault">What is wrong with it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SyslogBeginning(SyslogFraming Framing, long Length = 0, int Prefix = 0, SyslogFault Fault = SyslogFault.None)
{
    // Nine digits are 1 GB; a count that long is as wrong as any longer one, but it can be said what it was.
    private const int MostDigits = 9;
    private const int MostPriorityDigits = 3;

    /// <summary>Looks at the first bytes of a frame.</summary>
    /// <param name="bytes">What there is of it; not empty.</param>
    /// <param name="mostOctets">The largest count that is believed.</param>
    /// <param name="isFirst">Whether nothing came before it on the connection.</param>
    public static SyslogBeginning Of(ReadOnlySpan<byte> bytes, long mostOctets, bool isFirst)
    {
        var foreign = ForeignBytes.Recognise(bytes, isFirst);
        if (foreign is { } recognised)
            return recognised == SyslogFault.None ? default : new(SyslogFraming.Foreign, Fault: recognised);
        if (bytes[0] is not (>= (byte)'1' and <= (byte)'9'))
            return new(SyslogFraming.Line);
        var digits = bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0)
            return bytes.Length <= MostDigits * 2 ? default : new(SyslogFraming.Line);
        if (digits > MostDigits * 2 || bytes[digits] != ' ')
            return new(SyslogFraming.Line);
        return StartsWithPriority(bytes[(digits + 1)..]) switch
        {
            null => default,
            false => AfterCount(bytes[(digits + 1)..]),
            true when digits > MostDigits || !Utf8Parser.TryParse(bytes[..digits], out long octets, out _) || octets > mostOctets =>
                new(SyslogFraming.Line, Fault: SyslogFault.Length),
            true => new(SyslogFraming.Counted, Parse(bytes[..digits]), digits + 1),
        };
    }

    // A line that goes on where one was cut may begin with a number: only "<PRI>" behind it makes it a count.
    private static SyslogBeginning AfterCount(ReadOnlySpan<byte> frame) => ForeignBytes.Recognise(frame, isFirst: false) switch
    {
        SyslogFault.None => default,
        { } fault => new(SyslogFraming.Foreign, Fault: fault),
        null => new(SyslogFraming.Line),
    };

    private static bool? StartsWithPriority(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty)
            return null;
        if (frame[0] != '<')
            return false;
        var digits = frame[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0)
            return frame.Length - 1 > MostPriorityDigits ? false : null;
        return digits is > 0 and <= MostPriorityDigits && frame[1 + digits] == '>';
    }

    private static long Parse(ReadOnlySpan<byte> digits) => Utf8Parser.TryParse(digits, out long value, out _) ? value : 0;
}
