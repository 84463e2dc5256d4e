using System.Text;
using Reeve.Audit;

namespace Reeve.Detection.Matching.Slots;

/// <summary>
/// The values of the slots of one event, as ranges of its JSON or of scratch bytes that hold what had to be unescaped or
/// computed. Reused from event to event; not thread-safe.
/// </summary>
internal sealed class SlotValues(int slots)
{
    private const int KeptScratch = 1 << 20;
    private const int KeptRanges = 1 << 12;

    private readonly (int Offset, int Length)[][] _ranges = NewRanges(slots);
    private readonly int[] _counts = new int[slots];
    private readonly bool[] _there = new bool[slots];
    private readonly int[] _filled = new int[slots];
    private byte[] _scratch = new byte[4096];
    private int _scratchLength;
    private int _event = 1;

    /// <summary>Forgets the values of the event before.</summary>
    public void Begin()
    {
        _event++;
        _scratchLength = 0;
        if (_scratch.Length > KeptScratch)
            _scratch = new byte[4096];
    }

    /// <summary>Whether the slot's values are known; from then on they count as known, and there are none yet.</summary>
    public bool Open(int slot)
    {
        if (_filled[slot] == _event)
            return false;
        _filled[slot] = _event;
        _counts[slot] = 0;
        _there[slot] = false;
        if (_ranges[slot].Length > KeptRanges)
            _ranges[slot] = new (int, int)[1];
        return true;
    }

    /// <summary>Whether the slot's values are known.</summary>
    public bool IsOpen(int slot) => _filled[slot] == _event;

    /// <summary>How many values it has.</summary>
    public int Count(int slot) => _counts[slot];

    /// <summary>Whether the field stands in the event, with a value or not.</summary>
    public bool IsThere(int slot) => _there[slot];

    /// <summary>The field stands in the event.</summary>
    public void SetThere(int slot) => _there[slot] = true;

    /// <summary>A value; <paramref name="json"/> is the event's JSON.</summary>
    public ReadOnlySpan<byte> Value(int slot, int index, ReadOnlySpan<byte> json)
    {
        var (offset, length) = _ranges[slot][index];
        return offset >= 0 ? json.Slice(offset, length) : _scratch.AsSpan(~offset, length);
    }

    /// <summary>Adds a value that stands in the event's JSON.</summary>
    public void Add(int slot, int offset, int length)
    {
        ref var ranges = ref _ranges[slot];
        ref var count = ref _counts[slot];
        if (count == ranges.Length)
            Array.Resize(ref ranges, count * 4);
        ranges[count++] = (offset, length);
        _there[slot] = true;
    }

    /// <summary>Adds a value that does not, and copies it.</summary>
    public void Add(int slot, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Scratch(value.Length));
        Keep(slot, value.Length);
    }

    /// <summary>Adds a value that is a string.</summary>
    public void Add(int slot, string value) => Keep(slot, Encoding.UTF8.GetBytes(value, Scratch(Encoding.UTF8.GetMaxByteCount(value.Length))));

    /// <summary>Room for a value of at most so many bytes, to be kept by <see cref="Keep"/>.</summary>
    public Span<byte> Scratch(int most)
    {
        if (_scratch.Length - _scratchLength < most)
            Array.Resize(ref _scratch, Math.Max(_scratchLength + most, _scratch.Length * 2));
        return _scratch.AsSpan(_scratchLength);
    }

    /// <summary>Adds the first bytes of the room just given as a value.</summary>
    public void Keep(int slot, int length)
    {
        Add(slot, ~_scratchLength, length);
        _scratchLength += length;
    }

    private static (int, int)[][] NewRanges(int slots)
    {
        var ranges = new (int, int)[slots][];
        for (var slot = 0; slot < slots; slot++)
            ranges[slot] = new (int, int)[1];
        return ranges;
    }
}
