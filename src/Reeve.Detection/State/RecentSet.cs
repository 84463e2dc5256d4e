namespace Reeve.Detection.State;

/// <summary>What was seen lately, in bounded memory: when it is full, the older half is forgotten. Not thread-safe.</summary>
internal sealed class RecentSet<T>(int most)
    where T : notnull
{
    // Most sets stay small, and there are many sets: a few are found faster in a row.
    private const int MostInRow = 8;

    private readonly int _half = Math.Max(1, most / 2);
    private T[]? _row = [];
    private int _count;
    private HashSet<T> _new = null!;
    private HashSet<T>? _old;

    /// <summary>Those remembered, the older half first.</summary>
    public IEnumerable<T> All => _row is not null ? _row.Take(_count) : (_old ?? []).Concat(_new);

    /// <summary>How many are remembered.</summary>
    public int Count => _row is not null ? _count : (_old?.Count ?? 0) + _new.Count;

    /// <summary>Whether it was seen.</summary>
    public bool Contains(T seen) => _row is not null ? _row.AsSpan(0, _count).Contains(seen) : _new.Contains(seen) || _old?.Contains(seen) == true;

    /// <summary>It is seen; false where it was before.</summary>
    public bool Add(T seen)
    {
        if (_row is not null)
            return AddToRow(seen);
        if (_old?.Contains(seen) == true || !_new.Add(seen))
            return false;
        if (_new.Count >= _half)
            (_old, _new) = (_new, []);
        return true;
    }

    private bool AddToRow(T seen)
    {
        var row = _row!;
        if (row.AsSpan(0, _count).Contains(seen))
            return false;
        if (_count + 1 >= _half || _count == MostInRow)
        {
            (_row, _new) = (null, [.. row.AsSpan(0, _count)]);
            return Add(seen);
        }

        if (_count == row.Length)
            Array.Resize(ref _row, Math.Max(2, _count * 2));
        _row![_count++] = seen;
        return true;
    }
}
