using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Reeve.Audit.Reading.Compact;

/// <summary>
/// Finds the end of an object or array, 64 bytes at once, without looking at what is in it. Brackets are counted, and
/// each string must stand between JSON's punctuation, so that a text that was glued to the half of another is noticed;
/// what stands between strings is not judged. The odd runs of backslashes are found as in Langdale and Lemire,
/// "Parsing Gigabytes of JSON per Second" (2019), §3.1.1.
/// </summary>
internal static class ContainerEnd
{
    private const ulong EvenBits = 0x5555_5555_5555_5555;
    private const int Block = 64;

    /// <summary>Behind the container that opens at <paramref name="at"/>; <see cref="CompactBytes.Failed"/> if it does not end.</summary>
    public static int Of(ref byte json, int at, int length)
    {
        // What the blocks so far leave: a backslash, an open string (all ones), a closing quote, punctuation.
        ulong escaping = 0, inside = 0, closing = 0, punctuation = 1;
        var depth = 0;
        for (; at < length; at += Block)
        {
            var bytes = Vector512.LoadUnsafe(ref json, (nuint)at);
            var quotes = Mask(bytes, (byte)'"');
            var backslashes = Mask(bytes, (byte)'\\');
            if ((backslashes | escaping) != 0)
                quotes &= ~Escaped(backslashes, ref escaping);
            var strings = PrefixXor(quotes) ^ inside;
            inside = (ulong)((long)strings >> 63);
            var outside = ~strings;
            // { and [, } and ] differ in one bit.
            var folded = bytes | Vector512.Create((byte)0x20);
            var opens = Mask(folded, (byte)'{') & outside;
            var closes = Mask(folded, (byte)'}') & outside;
            var separators = (Mask(bytes, (byte)',') | Mask(bytes, (byte)':')) & outside;

            var opening = quotes & strings;
            var ending = quotes & outside;
            var before = opens | separators;
            var after = closes | separators;
            var stray = (opening & ~((before << 1) | punctuation)) | (((ending << 1) | closing) & ~after);
            punctuation = before >> 63;
            closing = ending >> 63;

            if (BitOperations.PopCount(closes) >= depth)
            {
                var end = Close(opens, closes, ref depth);
                if (end < Block)
                    return (stray & ((1UL << end) - 1)) == 0 && at + end < length ? at + end + 1 : CompactBytes.Failed(length);
            }
            else
                depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);

            if (stray != 0)
                break;
        }

        return CompactBytes.Failed(length);
    }

    // The bit of the bracket that closes the container; 64 if it is not among these.
    private static int Close(ulong opens, ulong closes, ref int depth)
    {
        for (var rest = WithoutLowest(closes, depth - 1); rest != 0; rest &= rest - 1)
        {
            var bit = BitOperations.TrailingZeroCount(rest);
            var below = (1UL << bit) - 1;
            if (depth + BitOperations.PopCount(opens & below) - BitOperations.PopCount(closes & below) == 1)
                return bit;
        }

        depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
        return Block;
    }

    // As many brackets can close without reaching the container's own.
    private static ulong WithoutLowest(ulong bits, int count) => count > 0 && Bmi2.X64.IsSupported
        ? bits & ~(Bmi2.X64.ParallelBitDeposit(1UL << count, bits) - 1)
        : bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector512<byte> bytes, byte value) => Vector512.Equals(bytes, Vector512.Create(value)).ExtractMostSignificantBits();

    // The characters behind an odd run of backslashes.
    private static ulong Escaped(ulong backslashes, ref ulong escaping)
    {
        backslashes &= ~escaping;
        var follows = (backslashes << 1) | escaping;
        var oddStarts = backslashes & ~EvenBits & ~follows;
        var evenEnds = oddStarts + backslashes;
        escaping = evenEnds < oddStarts ? 1UL : 0;
        return (EvenBits ^ (evenEnds << 1)) & follows;
    }

    // Each bit the XOR of itself and all below: ones from an opening quote up to the one before the closing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        for (var shift = 1; shift < Block; shift <<= 1)
            bits ^= bits << shift;
        return bits;
    }
}
