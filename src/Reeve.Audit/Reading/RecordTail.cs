using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace Reeve.Audit.Reading;

/// <summary>
/// The end of a record larger than <see cref="EventLimits.Event"/> that a source did not hand over, or that the reader
/// did not keep. It is written behind the kept bytes as <c>…reeve:cut:BYTES:FINGERPRINT</c>, so that it stays with them.
/// </summary>
/// <param name="Bytes">How many bytes are missing; 0 means the record is whole.</param>
/// <param name="Fingerprint">The first 64 bits of their HMAC-SHA-256.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RecordTail(long Bytes, ulong Fingerprint)
{
    private const int LongestMark = 64;

    private static ReadOnlySpan<byte> Prefix => "…reeve:cut:"u8;

    /// <summary>The mark's bytes.</summary>
    internal byte[] ToMark() => Encoding.UTF8.GetBytes($"…reeve:cut:{Bytes}:{Fingerprint:x16}");

    /// <summary>Whether a record ends with a mark.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> record, out RecordTail tail)
    {
        tail = default;
        var end = record[Math.Max(0, record.Length - LongestMark)..];
        var at = end.LastIndexOf(Prefix);
        if (at < 0)
            return false;
        end = end[(at + Prefix.Length)..];
        if (!Utf8Parser.TryParse(end, out long bytes, out var used) || bytes <= 0 || end.Length != used + 17 || end[used] != ':'
            || !Utf8Parser.TryParse(end[(used + 1)..], out ulong fingerprint, out var digits, 'x') || digits != 16)
            return false;
        tail = new RecordTail(bytes, fingerprint);
        return true;
    }
}
