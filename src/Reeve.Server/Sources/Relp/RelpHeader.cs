using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Reeve.Server.Sources.Relp;

/// <summary>What stands before the data of a RELP frame: <c>TXNR SP COMMAND SP DATALEN</c> (RELP specification 0.0.1, Framing).</summary>
/// <param name="Transaction">The number by which it is answered.</param>
/// <param name="Command">What it asks for.</param>
/// <param name="Length">Bytes of data.</param>
/// <param name="Size">Bytes of the header itself, with the space before data.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RelpHeader(int Transaction, RelpCommand Command, int Length, int Size)
{
    private const int MostDigits = 9;
    private const int MostLetters = 32;

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">What there is, from its first byte on.</param>
    /// <param name="header">The header.</param>
    /// <returns>Null where more bytes are needed; false where this is none.</returns>
    public static bool? TryRead(ReadOnlySpan<byte> bytes, out RelpHeader header)
    {
        header = default;
        var rest = bytes;
        if (Number(ref rest, out var transaction) is var isNumber and not true)
            return isNumber;
        if (rest[0] != ' ')
            return false;
        rest = rest[1..];
        if (Word(ref rest, out var command) is var isWord and not true)
            return isWord;
        rest = rest[1..];
        if (Number(ref rest, out var length) is var isLength and not true)
            return isLength;
        // Without data no space follows; some send one, and the line break behind it ends the frame all the same.
        if (rest[0] != ' ' && (rest[0] != '\n' || length > 0))
            return false;
        header = new(transaction, command, length, bytes.Length - rest.Length + (rest[0] == ' ' ? 1 : 0));
        return true;
    }

    // True only where something stands behind the number.
    private static bool? Number(ref ReadOnlySpan<byte> rest, out int value)
    {
        value = 0;
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0)
            return rest.Length > MostDigits ? false : null;
        if (digits is 0 or > MostDigits || !Utf8Parser.TryParse(rest[..digits], out value, out _))
            return false;
        rest = rest[digits..];
        return true;
    }

    private static bool? Word(ref ReadOnlySpan<byte> rest, out RelpCommand command)
    {
        command = RelpCommand.Other;
        var letters = 0;
        while (letters < rest.Length && char.IsAsciiLetter((char)rest[letters]))
            letters++;
        if (letters > MostLetters)
            return false;
        if (letters == rest.Length)
            return null;
        if (letters == 0 || rest[letters] != ' ')
            return false;
        var word = rest[..letters];
        command = word.SequenceEqual("syslog"u8) ? RelpCommand.Syslog
            : word.SequenceEqual("open"u8) ? RelpCommand.Open
            : word.SequenceEqual("close"u8) ? RelpCommand.Close
            : RelpCommand.Other;
        rest = rest[letters..];
        return true;
    }
}
