using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// The tables of <see cref="NeedleScan"/>: for each place of a probe, and each byte that may stand there, the groups of
/// needles it may belong to, as bits. Immutable and thread-safe.
/// </summary>
internal static class NeedleTables
{
    /// <summary>How many bytes of a needle are looked up.</summary>
    public const int ProbeLength = 4;

    /// <summary>How many places are looked at at once.</summary>
    public const int Block = 64;

    private const int GroupCount = 8;
    private const int AsciiCount = 128;
    private const int Half = 32;

    private static readonly byte[] Groups = new byte[ProbeLength * AsciiCount];
    private static readonly Vector512<byte>[] BySevenBits = new Vector512<byte>[ProbeLength * 2];
    private static readonly Vector256<byte>[] ByFourBits = new Vector256<byte>[ProbeLength * 2];

    static NeedleTables()
    {
        foreach (var needle in SecretNeedles.All)
        {
            for (var place = 0; place < ProbeLength; place++)
                Add(needle, place);
        }

        for (var place = 0; place < ProbeLength; place++)
        {
            var groups = Groups.AsSpan(place * AsciiCount, AsciiCount);
            BySevenBits[place * 2] = Vector512.Create<byte>(groups[..64]);
            BySevenBits[(place * 2) + 1] = Vector512.Create<byte>(groups[64..]);
            (ByFourBits[place * 2], ByFourBits[(place * 2) + 1]) = InHalves(groups);
        }
    }

    /// <summary>The needles of each group.</summary>
    public static SecretNeedle[][] Needles { get; } =
        [.. Enumerable.Range(0, GroupCount).Select(group => SecretNeedles.All.Where(needle => needle.Group == group).ToArray())];

    /// <summary>The groups one of whose probes may be these four bytes, little-endian.</summary>
    public static int GroupsOf(uint probe)
    {
        var groups = (1 << GroupCount) - 1;
        for (var place = 0; place < ProbeLength; place++, probe >>= 8)
            groups &= Groups[(place * AsciiCount) + (int)(probe & (AsciiCount - 1))];
        return groups;
    }

    /// <summary>
    /// Goes on in blocks of 64 bytes to the first with a place where a probe may begin; three bytes behind a block are looked
    /// at, too. <paramref name="last"/> is the last position of a block.
    /// </summary>
    /// <returns>The position of the block, and its places as bits; behind <paramref name="last"/> where there is none.</returns>
    public static int Next(ref byte text, int at, int last, out ulong places)
    {
        if (Avx512Vbmi.IsSupported)
            return NextByWholeBytes(ref text, at, last, out places);
        for (places = 0; at <= last; at += Block)
        {
            ref var block = ref Unsafe.Add(ref text, at);
            places = Avx2.IsSupported ? InHalf(ref block) | ((ulong)InHalf(ref Unsafe.Add(ref block, Half)) << Half) : ulong.MaxValue;
            if (places != 0)
                break;
        }

        return at;
    }

    // A whole byte is looked up at once; of those beyond ASCII seven bits, which only costs a comparison. The tables stay in
    // registers.
    private static int NextByWholeBytes(ref byte text, int at, int last, out ulong places)
    {
        ref var tables = ref MemoryMarshal.GetArrayDataReference(BySevenBits);
        var (a, b) = (tables, Unsafe.Add(ref tables, 1));
        var (c, d) = (Unsafe.Add(ref tables, 2), Unsafe.Add(ref tables, 3));
        var (e, f) = (Unsafe.Add(ref tables, 4), Unsafe.Add(ref tables, 5));
        var (g, h) = (Unsafe.Add(ref tables, 6), Unsafe.Add(ref tables, 7));
        for (; at <= last; at += Block)
        {
            ref var block = ref Unsafe.Add(ref text, at);
            var groups = Avx512Vbmi.PermuteVar64x8x2(a, Vector512.LoadUnsafe(ref block), b)
                & Avx512Vbmi.PermuteVar64x8x2(c, Vector512.LoadUnsafe(ref block, 1), d)
                & Avx512Vbmi.PermuteVar64x8x2(e, Vector512.LoadUnsafe(ref block, 2), f)
                & Avx512Vbmi.PermuteVar64x8x2(g, Vector512.LoadUnsafe(ref block, 3), h);
            if (groups == Vector512<byte>.Zero)
                continue;
            places = ~Vector512.Equals(groups, Vector512<byte>.Zero).ExtractMostSignificantBits();
            return at;
        }

        places = 0;
        return at;
    }

    private static uint InHalf(ref byte block)
    {
        var low = Vector256.Create((byte)0x0f);
        var groups = Vector256<byte>.AllBitsSet;
        for (var place = 0; place < ProbeLength; place++)
        {
            var bytes = Vector256.LoadUnsafe(ref block, (nuint)place);
            groups &= Avx2.Shuffle(ByFourBits[place * 2], bytes & low)
                & Avx2.Shuffle(ByFourBits[(place * 2) + 1], (bytes.AsUInt16() >>> 4).AsByte() & low);
        }

        return ~Vector256.Equals(groups, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    private static void Add(SecretNeedle needle, int place)
    {
        var groups = Groups.AsSpan(place * AsciiCount, AsciiCount);
        var group = (byte)(1 << needle.Group);
        if (needle.Probe + place >= needle.Bytes.Length)
        {
            foreach (ref var any in groups)
                any |= group;
            return;
        }

        var value = needle.Bytes[needle.Probe + place];
        groups[value] |= group;
        if (needle.AnyCase && char.IsAsciiLetter((char)value))
            groups[value ^ 0x20] |= group;
    }

    // By the lower and by the upper four bits: a shuffle looks up no more, in each half of a vector by itself.
    private static (Vector256<byte> Lower, Vector256<byte> Upper) InHalves(ReadOnlySpan<byte> groups)
    {
        Span<byte> lower = stackalloc byte[16], upper = stackalloc byte[16];
        lower.Clear();
        upper.Clear();
        for (var value = 0; value < AsciiCount; value++)
        {
            lower[value & 15] |= groups[value];
            upper[value >> 4] |= groups[value];
            // The same seven bits beyond ASCII.
            upper[(value >> 4) | 8] |= groups[value];
        }

        return (Vector256.Create(Vector128.Create<byte>(lower), Vector128.Create<byte>(lower)), Vector256.Create(Vector128.Create<byte>(upper), Vector128.Create<byte>(upper)));
    }
}
