using System.Runtime.InteropServices;
using Reeve.Journaling.Frames;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Reeve.Journaling.Cursors;

/// <summary>
/// One of the two places a cursor is kept in: 44 bytes, little endian: magic, save counter, position, bounds of the
/// pending batch (both 0 without one), CRC-32C. The higher counter of those that validate is the cursor.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CursorSlot(ulong Counter, ulong Position, JournalRange Pending)
{
    /// <summary>Bytes of a slot.</summary>
    public const int Size = 44;

    private const int Checked = 40;
    private const ulong Magic = 0x3152554356454552; // "REEVCUR1"

    public void Write(Span<byte> into)
    {
        WriteUInt64LittleEndian(into, Magic);
        WriteUInt64LittleEndian(into[8..], Counter);
        WriteUInt64LittleEndian(into[16..], Position);
        WriteUInt64LittleEndian(into[24..], Pending.First);
        WriteUInt64LittleEndian(into[32..], Pending.End);
        WriteUInt32LittleEndian(into[Checked..], Crc32C.Of(into[..Checked]));
    }

    public static CursorSlot? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length < Size
        || ReadUInt64LittleEndian(bytes) != Magic
        || ReadUInt32LittleEndian(bytes[Checked..]) != Crc32C.Of(bytes[..Checked])
            ? null
            : new CursorSlot(
                ReadUInt64LittleEndian(bytes[8..]),
                ReadUInt64LittleEndian(bytes[16..]),
                new JournalRange(ReadUInt64LittleEndian(bytes[24..]), ReadUInt64LittleEndian(bytes[32..])));
}
