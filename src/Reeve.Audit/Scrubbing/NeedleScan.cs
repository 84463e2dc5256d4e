using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Goes through a text from needle to needle in one pass, 32 bytes at a time: three bytes of each needle, its probe, are
/// looked up by their halves in tables whose bits are groups of needles, and only where all agree are needles compared.
/// (The way of the Teddy matcher of Hyperscan.)
/// </summary>
internal ref struct NeedleScan(ReadOnlySpan<byte> text)
{
    private const int Block = 32;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _block;
    private int _next;
    private uint _candidates;

    /// <summary>Goes to the next needle; where two share a probe's place, only one is told.</summary>
    public bool Next(out SecretHit hit)
    {
        while (true)
        {
            while (_candidates != 0)
            {
                var at = _block + BitOperations.TrailingZeroCount(_candidates);
                _candidates &= _candidates - 1;
                if (Verify(at, out hit))
                    return true;
            }

            if (Avx2.IsSupported && _next + Block + 2 <= _text.Length)
            {
                FindBlock();
                continue;
            }

            for (; _next + 2 < _text.Length; _next++)
            {
                if (!Verify(_next, out hit))
                    continue;
                _next++;
                return true;
            }

            hit = default;
            return false;
        }
    }

    // Goes to the next block with candidates, or to what is shorter than a block.
    private void FindBlock()
    {
        ref var start = ref MemoryMarshal.GetReference(_text);
        var (low0, low1, low2) = (NeedleTables.Low[0], NeedleTables.Low[1], NeedleTables.Low[2]);
        var (high0, high1, high2) = (NeedleTables.High[0], NeedleTables.High[1], NeedleTables.High[2]);
        var half = Vector256.Create((byte)0x0f);
        var (at, last) = (_next, _text.Length - Block - 2);
        for (; at <= last; at += Block)
        {
            var (first, second, third) = (
                Vector256.LoadUnsafe(ref start, (nuint)at), Vector256.LoadUnsafe(ref start, (nuint)at + 1), Vector256.LoadUnsafe(ref start, (nuint)at + 2));
            // A shuffle takes the low half of a byte by itself, and gives nothing for bytes beyond ASCII.
            var groups = Avx2.Shuffle(low0, first) & Avx2.Shuffle(high0, (first.AsUInt16() >> 4).AsByte() & half)
                & Avx2.Shuffle(low1, second) & Avx2.Shuffle(high1, (second.AsUInt16() >> 4).AsByte() & half)
                & Avx2.Shuffle(low2, third) & Avx2.Shuffle(high2, (third.AsUInt16() >> 4).AsByte() & half);
            if (groups == Vector256<byte>.Zero)
                continue;
            _candidates = ~Vector256.Equals(groups, Vector256<byte>.Zero).ExtractMostSignificantBits();
            _block = at;
            at += Block;
            break;
        }

        _next = at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool Verify(int at, out SecretHit hit)
    {
        var groups = NeedleTables.Groups[0][_text[at]] & NeedleTables.Groups[1][_text[at + 1]] & NeedleTables.Groups[2][_text[at + 2]];
        hit = default;
        return groups != 0 && Verify(at, groups, out hit);
    }

    private readonly bool Verify(int at, int groups, out SecretHit hit)
    {
        for (; groups != 0; groups &= groups - 1)
        {
            foreach (var needle in NeedleTables.Needles[BitOperations.TrailingZeroCount(groups)])
            {
                var start = at - needle.Probe;
                if (start < 0 || start + needle.Bytes.Length > _text.Length)
                    continue;
                var found = _text.Slice(start, needle.Bytes.Length);
                if (needle.AnyCase ? !Ascii.EqualsIgnoreCase(found, needle.Bytes) : !found.SequenceEqual(needle.Bytes))
                    continue;
                hit = new SecretHit(start, needle);
                return true;
            }
        }

        hit = default;
        return false;
    }
}

/// <summary>The tables of <see cref="NeedleScan"/>: for each byte of a probe the groups of needles it may belong to, as bits.</summary>
internal static class NeedleTables
{
    private const int GroupCount = 8;

    static NeedleTables()
    {
        Span<byte> low = stackalloc byte[16], high = stackalloc byte[16];
        for (var position = 0; position < 3; position++)
        {
            low.Clear();
            high.Clear();
            Groups[position] = new byte[256];
            for (var group = 0; group < GroupCount; group++)
            {
                foreach (var needle in Needles[group])
                    Add(needle, needle.Bytes[needle.Probe + position], Groups[position], (byte)(1 << group));
            }

            for (var b = 0; b < 128; b++)
            {
                low[b & 15] |= Groups[position][b];
                high[b >> 4] |= Groups[position][b];
            }

            (Low[position], High[position]) = (Twice(low), Twice(high));
        }
    }

    /// <summary>The needles of each group.</summary>
    public static SecretNeedle[][] Needles { get; } =
        [.. Enumerable.Range(0, GroupCount).Select(group => SecretNeedles.All.Where(needle => needle.Group == group).ToArray())];

    public static byte[][] Groups { get; } = new byte[3][];

    public static Vector256<byte>[] Low { get; } = new Vector256<byte>[3];

    public static Vector256<byte>[] High { get; } = new Vector256<byte>[3];

    private static void Add(SecretNeedle needle, byte b, byte[] groups, byte group)
    {
        groups[b] |= group;
        if (needle.AnyCase && char.IsAsciiLetter((char)b))
            groups[b ^ 0x20] |= group;
    }

    private static Vector256<byte> Twice(ReadOnlySpan<byte> half) =>
        Vector256.Create(Vector128.Create(half), Vector128.Create(half));
}
