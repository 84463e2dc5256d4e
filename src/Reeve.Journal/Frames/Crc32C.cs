using System.Buffers.Binary;
using System.Numerics;

namespace Reeve.Journaling.Frames;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), in hardware where the processor has it.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of the bytes, continued from <paramref name="seed"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var crc = ~seed;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
