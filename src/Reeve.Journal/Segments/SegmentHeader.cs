using System.Runtime.InteropServices;
using Reeve.Journaling.Files;
using Reeve.Journaling.Frames;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Reeve.Journaling.Segments;

/// <summary>
/// How a segment begins: 40 bytes (magic, version, 0, first sequence, salt, CRC-32C; little endian), twice, in two disk
/// blocks, so that one lost block does not lose the segment. Frames begin at <see cref="Size"/>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentHeader(ulong First, uint Salt)
{
    /// <summary>Bytes before the first frame.</summary>
    public const int Size = 2 * Copy;

    private const int Copy = 4096;
    private const int Checked = 36;
    private const ulong Magic = 0x4C4E4A4556454552; // "REEVEJNL"
    private const uint Version = 1;

    /// <summary>The whole beginning of a segment.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        WriteUInt64LittleEndian(bytes, Magic);
        WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        WriteUInt64LittleEndian(bytes.AsSpan(16), First);
        WriteUInt32LittleEndian(bytes.AsSpan(24), Salt);
        WriteUInt32LittleEndian(bytes.AsSpan(Checked), Crc32C.Of(bytes.AsSpan(0, Checked)));
        bytes.AsSpan(0, Copy).CopyTo(bytes.AsSpan(Copy));
        return bytes;
    }

    /// <summary>The first copy that is whole and names <paramref name="first"/>; null where neither does.</summary>
    /// <exception cref="JournalException">The segment is whole and of a later version.</exception>
    public static SegmentHeader? Read(IJournalFile file, ulong first, string path)
    {
        Span<byte> bytes = stackalloc byte[Checked + sizeof(uint)];
        for (var offset = 0; offset < Size; offset += Copy)
        {
            if (file.ReadAll(offset, bytes) < bytes.Length
                || ReadUInt64LittleEndian(bytes) != Magic
                || ReadUInt64LittleEndian(bytes[16..]) != first
                || ReadUInt32LittleEndian(bytes[Checked..]) != Crc32C.Of(bytes[..Checked]))
                continue;
            var version = ReadUInt32LittleEndian(bytes[8..]);
            if (version != Version)
                throw new JournalException($"{path} has journal format {version}, this Reeve reads {Version}: use the Reeve that wrote it");
            return new SegmentHeader(first, ReadUInt32LittleEndian(bytes[24..]));
        }

        return null;
    }
}
