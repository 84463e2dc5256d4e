using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// Goes through a text from needle to needle in one pass, 64 bytes at a time: four bytes of each needle, its probe, are
/// looked up in tables whose bits are groups of needles, and only where all agree are needles compared. (The way of the
/// Teddy matcher of Hyperscan: Wang et al., NSDI 2019, §5.)
/// </summary>
internal ref struct NeedleScan(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _block;
    private int _next;
    private ulong _candidates;

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

            if (_next >= _text.Length)
            {
                hit = default;
                return false;
            }

            FindBlock();
        }
    }

    // Goes to the next block with candidates, or to the end.
    private void FindBlock()
    {
        // A probe may reach into the bytes behind a block.
        var last = _text.Length - NeedleTables.Block - NeedleTables.ProbeLength;
        _block = NeedleTables.Next(ref MemoryMarshal.GetReference(_text), _next, last, out _candidates);
        if (_block > last && _block < _text.Length)
            _candidates = LastCandidates(_text[_block..]);
        _next = _block + NeedleTables.Block;
    }

    // By itself: a method with bytes on the stack is compiled once and for all, before the tables are known.
    private static ulong LastCandidates(ReadOnlySpan<byte> rest)
    {
        Span<byte> block = stackalloc byte[NeedleTables.Block + NeedleTables.ProbeLength];
        block.Clear();
        rest[..Math.Min(rest.Length, block.Length)].CopyTo(block);
        NeedleTables.Next(ref MemoryMarshal.GetReference(block), 0, 0, out var candidates);
        return rest.Length < NeedleTables.Block ? candidates & ((1UL << rest.Length) - 1) : candidates;
    }

    private readonly bool Verify(int at, out SecretHit hit)
    {
        var probe = Probe(at);
        for (var groups = NeedleTables.GroupsOf(probe); groups != 0; groups &= groups - 1)
        {
            foreach (var needle in NeedleTables.Needles[BitOperations.TrailingZeroCount(groups)])
            {
                var start = at - needle.Probe;
                if (!needle.MayBe(probe) || start < 0 || start + needle.Bytes.Length > _text.Length)
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

    private readonly uint Probe(int at)
    {
        if (at <= _text.Length - sizeof(uint))
            return BinaryPrimitives.ReadUInt32LittleEndian(_text[at..]);
        var probe = 0u;
        for (var place = 0; at + place < _text.Length; place++)
            probe |= (uint)_text[at + place] << (place * 8);
        return probe;
    }
}
