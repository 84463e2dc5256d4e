using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Says in one pass whether any of some short texts stands in bytes. 64 places at once are compared by their first three
/// bytes with all texts together, and only where these may fit with each text: the "Teddy" of Hyperscan (Wang et al.,
/// NSDI 2019, §5). Immutable and thread-safe.
/// </summary>
internal sealed class NeedleFilter
{
    private const int Block = 64;
    private const int PrefixLength = 3;
    private const int Groups = 8;

    private readonly byte[][] _needles;

    // For each of three places and each value of a byte, which groups of texts have it there; once by the whole byte
    // (its lower seven bits, in two halves), once by its lower and its upper four bits.
    private readonly Vector512<byte>[] _bySevenBits = new Vector512<byte>[PrefixLength * 2];
    private readonly Vector256<byte>[] _byNibble = new Vector256<byte>[PrefixLength * 2];

    /// <summary>Prepares for texts of at least three bytes of ASCII.</summary>
    public NeedleFilter(params ReadOnlySpan<byte[]> needles)
    {
        _needles = needles.ToArray();
        Span<byte> whole = stackalloc byte[Block * 2];
        Span<byte> nibbles = stackalloc byte[Vector256<byte>.Count * 2];
        for (var place = 0; place < PrefixLength; place++)
        {
            whole.Clear();
            nibbles.Clear();
            for (var i = 0; i < _needles.Length; i++)
                Note(_needles[i][place], (byte)(1 << (i % Groups)), whole, nibbles);
            _bySevenBits[place * 2] = Vector512.Create<byte>(whole[..64]);
            _bySevenBits[(place * 2) + 1] = Vector512.Create<byte>(whole[64..]);
            _byNibble[place * 2] = Vector256.Create<byte>(nibbles[..32]);
            _byNibble[(place * 2) + 1] = Vector256.Create<byte>(nibbles[32..]);
        }
    }

    /// <summary>Whether one of the texts stands in these bytes.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var at = 0;
        // The places behind a block are looked at, too.
        for (; at <= bytes.Length - Block - PrefixLength + 1; at += Block)
        {
            var places = Candidates(ref Unsafe.Add(ref first, at));
            if (places != 0 && Confirm(bytes, at, places))
                return true;
        }

        Span<byte> rest = stackalloc byte[Block * 2 + PrefixLength];
        rest.Clear();
        bytes[at..].CopyTo(rest);
        for (var end = 0; at + end < bytes.Length; end += Block)
        {
            var places = Candidates(ref rest[end]);
            if (places != 0 && Confirm(bytes, at + end, places))
                return true;
        }

        return false;
    }

    private static void Note(byte value, byte group, Span<byte> whole, Span<byte> nibbles)
    {
        whole[value] |= group;
        // A shuffle looks at each half of a vector by itself.
        foreach (var half in (ReadOnlySpan<int>)[0, 16])
        {
            nibbles[half + (value & 15)] |= group;
            nibbles[32 + half + (value >> 4)] |= group;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Candidates(ref byte block)
    {
        if (Avx512Vbmi.IsSupported)
        {
            ref var tables = ref MemoryMarshal.GetArrayDataReference(_bySevenBits);
            var groups = Avx512Vbmi.PermuteVar64x8x2(tables, Vector512.LoadUnsafe(ref block), Unsafe.Add(ref tables, 1))
                & Avx512Vbmi.PermuteVar64x8x2(Unsafe.Add(ref tables, 2), Vector512.LoadUnsafe(ref block, 1), Unsafe.Add(ref tables, 3))
                & Avx512Vbmi.PermuteVar64x8x2(Unsafe.Add(ref tables, 4), Vector512.LoadUnsafe(ref block, 2), Unsafe.Add(ref tables, 5));
            return ~Vector512.Equals(groups, Vector512<byte>.Zero).ExtractMostSignificantBits();
        }

        return Avx2.IsSupported
            ? HalfCandidates(ref block) | ((ulong)HalfCandidates(ref Unsafe.Add(ref block, Block / 2)) << (Block / 2))
            : ulong.MaxValue;
    }

    private uint HalfCandidates(ref byte block)
    {
        var low = Vector256.Create((byte)15);
        var groups = Vector256<byte>.AllBitsSet;
        for (var place = 0; place < PrefixLength; place++)
        {
            var bytes = Vector256.LoadUnsafe(ref block, (nuint)place);
            groups &= Avx2.Shuffle(_byNibble[place * 2], bytes & low)
                & Avx2.Shuffle(_byNibble[(place * 2) + 1], (bytes.AsUInt16() >>> 4).AsByte() & low);
        }

        return ~Vector256.Equals(groups, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    private bool Confirm(ReadOnlySpan<byte> bytes, int at, ulong places)
    {
        for (; places != 0; places &= places - 1)
        {
            var place = at + BitOperations.TrailingZeroCount(places);
            if (place >= bytes.Length)
                return false;
            var found = bytes[place..];
            foreach (var needle in _needles)
            {
                if (found.StartsWith(needle))
                    return true;
            }
        }

        return false;
    }
}
