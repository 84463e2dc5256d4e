using System.Runtime.InteropServices;

namespace Reeve.Audit;

/// <summary>A range of an event's raw bytes, or of its scratch bytes where <paramref name="Offset"/> is the complement.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Slice(int Offset, int Length);

/// <summary>A reusable list of slices that is cleared without giving memory back.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SliceList
{
    private Slice[]? _items;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<Slice> Span => _items.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(Slice slice)
    {
        var items = _items;
        if (items is null || Count >= items.Length)
            items = Grow();
        items[Count++] = slice;
    }

    private Slice[] Grow()
    {
        Array.Resize(ref _items, Math.Max(8, Count * 2));
        return _items!;
    }
}
