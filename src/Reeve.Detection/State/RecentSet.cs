namespace Reeve.Detection.State;

/// <summary>What was seen lately, in bounded memory: when it is full, the older half is forgotten. Not thread-safe.</summary>
internal sealed class RecentSet<T>(int most)
    where T : notnull
{
    // Most sets never see a second one, and there are many sets.
    private bool _hasOnly;
    private T? _only;
    private HashSet<T>? _new;
    private HashSet<T>? _old;

    /// <summary>Those remembered, the older half first.</summary>
    public IEnumerable<T> All => _hasOnly ? [_only!] : (_old ?? []).Concat(_new ?? []);

    /// <summary>How many are remembered.</summary>
    public int Count => _hasOnly ? 1 : (_old?.Count ?? 0) + (_new?.Count ?? 0);

    /// <summary>Whether it was seen.</summary>
    public bool Contains(T seen) =>
        _hasOnly ? EqualityComparer<T>.Default.Equals(_only, seen) : _new?.Contains(seen) == true || _old?.Contains(seen) == true;

    /// <summary>It is seen; false where it was before.</summary>
    public bool Add(T seen)
    {
        if (Contains(seen))
            return false;
        if (!_hasOnly && _new is null && _old is null && most > 2)
        {
            (_hasOnly, _only) = (true, seen);
            return true;
        }

        _new ??= [];
        if (_hasOnly)
            _new.Add(_only!);
        (_hasOnly, _only) = (false, default);
        _new.Add(seen);
        if (_new.Count >= Math.Max(1, most / 2))
            (_old, _new) = (_new, null);
        return true;
    }
}
