namespace Reeve.Detection.State;

/// <summary>What was seen lately, in bounded memory: when it is full, the older half is forgotten. Not thread-safe.</summary>
internal sealed class RecentSet<T>(int most)
    where T : notnull
{
    private HashSet<T> _new = [];
    private HashSet<T> _old = [];

    /// <summary>Those remembered, the older half first.</summary>
    public IEnumerable<T> All => _old.Concat(_new);

    /// <summary>How many are remembered.</summary>
    public int Count => _old.Count + _new.Count;

    /// <summary>Whether it was seen.</summary>
    public bool Contains(T seen) => _new.Contains(seen) || _old.Contains(seen);

    /// <summary>It is seen; false where it was before.</summary>
    public bool Add(T seen)
    {
        if (_old.Contains(seen) || !_new.Add(seen))
            return false;
        if (_new.Count >= Math.Max(1, most / 2))
            (_old, _new) = (_new, []);
        return true;
    }
}
