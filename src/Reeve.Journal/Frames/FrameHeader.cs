using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Reeve.Journaling.Frames;

/// <summary>
/// What stands before every payload, 32 bytes, little endian:
/// <code>
///  0 u32 length of the payload        16 u64 durable: every entry below it was fsynced when this was written
///  4 u32 entries of the batch after   24 u32 CRC-32C of the payload
///  8 u64 sequence                     28 u32 CRC-32C of bytes 0..28, seeded with the segment's salt
/// </code>
/// The header has its own checksum so that a damaged payload costs one entry and no search. The salt is random per
/// segment: a sender cannot put a frame into a payload that a search after damage would take for one of ours.
/// Frames begin at multiples of 8 bytes. A <em>mark</em> is a header alone that only tells <see cref="Durable"/>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FrameHeader(int Length, uint Remaining, ulong Sequence, ulong Durable, uint PayloadChecksum)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 32;

    /// <summary>Frames begin at multiples of this.</summary>
    public const int Alignment = 8;

    private const uint Mark = uint.MaxValue;
    private const int Checked = 28;

    /// <summary>Whether this is no entry but a note of what is durable.</summary>
    public bool IsMark => Remaining == Mark;

    /// <summary>Whether the entry is the last of those appended together.</summary>
    public bool EndsBatch => Remaining == 0;

    /// <summary>Bytes from this frame to the next.</summary>
    public long Stride => StrideOf(Length);

    /// <summary>A note that everything below <paramref name="durable"/> is fsynced.</summary>
    public static FrameHeader MarkOf(ulong durable) => new(0, Mark, durable, durable, 0);

    /// <summary>Bytes a payload of this length takes with header and padding.</summary>
    public static long StrideOf(int length) => Size + (((long)length + Alignment - 1) & -Alignment);

    /// <summary>Reads a header; false where its checksum or shape is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, uint salt, out FrameHeader header)
    {
        header = Parse(bytes);
        return header.Length >= 0
            && header.Durable <= header.Sequence
            && ReadUInt32LittleEndian(bytes[Checked..]) == Crc32C.Of(bytes[..Checked], salt);
    }

    /// <summary>The fields without any check.</summary>
    public static FrameHeader Parse(ReadOnlySpan<byte> bytes) => new(
        ReadInt32LittleEndian(bytes),
        ReadUInt32LittleEndian(bytes[4..]),
        ReadUInt64LittleEndian(bytes[8..]),
        ReadUInt64LittleEndian(bytes[16..]),
        ReadUInt32LittleEndian(bytes[24..]));

    /// <summary>The length of the frame's payload, before anything is known about it.</summary>
    public static int LengthAt(ReadOnlySpan<byte> bytes) => ReadInt32LittleEndian(bytes);

    /// <summary>The sequence, before anything is known about it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SequenceAt(ReadOnlySpan<byte> bytes) => ReadUInt64LittleEndian(bytes[8..]);

    /// <summary>First step, while a batch is built: length and checksum of the payload.</summary>
    public static void Describe(Span<byte> header, ReadOnlySpan<byte> payload)
    {
        WriteInt32LittleEndian(header, payload.Length);
        WriteUInt32LittleEndian(header[24..], Crc32C.Of(payload));
    }

    /// <summary>Second step, when the batch is appended: the number and how many of the batch follow.</summary>
    public static void Number(Span<byte> header, ulong sequence, uint remaining)
    {
        WriteUInt32LittleEndian(header[4..], remaining);
        WriteUInt64LittleEndian(header[8..], sequence);
    }

    /// <summary>Last step, before the write, repeatable: what is durable by now, and the header's checksum.</summary>
    public static void Seal(Span<byte> header, ulong durable, uint salt)
    {
        WriteUInt64LittleEndian(header[16..], durable);
        WriteUInt32LittleEndian(header[Checked..], Crc32C.Of(header[..Checked], salt));
    }

    /// <summary>Writes a whole header.</summary>
    public void Write(Span<byte> into, uint salt)
    {
        WriteInt32LittleEndian(into, Length);
        WriteUInt32LittleEndian(into[24..], PayloadChecksum);
        Number(into, Sequence, Remaining);
        Seal(into, Durable, salt);
    }
}
