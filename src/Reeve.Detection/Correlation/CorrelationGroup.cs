using Reeve.Detection.Correlation.Tallies;

namespace Reeve.Detection.Correlation;

/// <summary>The events of one correlation with equal values of its group fields, by time; ties as they came. Not thread-safe.</summary>
internal sealed class CorrelationGroup(string key)
{
    private Contribution[] _items = [];
    private int _from;

    /// <summary>The group's values, joined.</summary>
    public string Key { get; } = key;

    /// <summary>How many events there are.</summary>
    public int Count { get; private set; }

    /// <summary>When it was touched, as a count over all groups.</summary>
    public long Touched { get; set; }

    /// <summary>The group of its rule that was touched before it.</summary>
    public CorrelationGroup? Older { get; set; }

    /// <summary>The group of its rule that was touched after it.</summary>
    public CorrelationGroup? Newer { get; set; }

    /// <summary>The tally of the window of its last event; null where it is cheaper to count anew.</summary>
    public WindowTally? Tally { get; set; }

    /// <summary>Where the window begins that is in <see cref="Tally"/>.</summary>
    public int TallyFrom { get; set; }

    /// <summary>Whether the last event that was added was in order and fired: what fires next holds little more than what was told then.</summary>
    public bool HasJustFired { get; set; }

    /// <summary>The number of the alert that was told of the last firing; 0 before the first.</summary>
    public long ToldTo { get; set; }

    /// <summary>Of which of the correlation's rules there have been events, a bit for each.</summary>
    public ulong Places { get; private set; }

    /// <summary>Its events.</summary>
    public ReadOnlySpan<Contribution> Events => _items.AsSpan(_from, Count);

    /// <summary>The time of the newest, in ticks.</summary>
    public long Newest => _items[_from + Count - 1].Ticks;

    /// <summary>The time of the oldest, in ticks.</summary>
    public long Oldest => _items[_from].Ticks;

    /// <summary>Puts an event in its place, behind those of the same time; answers the place.</summary>
    public int Add(in Contribution added)
    {
        var at = Count == 0 || added.Ticks >= Newest ? Count : FirstAfter(added.Ticks);
        MakeRoom();
        Array.Copy(_items, _from + at, _items, _from + at + 1, Count - at);
        _items[_from + at] = added;
        Places |= 1UL << added.Place;
        Count++;
        return at;
    }

    /// <summary>The place of the first event after a time; <see cref="Count"/> without one.</summary>
    public int FirstAfter(long ticks)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_items[_from + middle].Ticks > ticks)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>Forgets the oldest events.</summary>
    public void RemoveOldest(int count)
    {
        Array.Clear(_items, _from, count);
        (_from, Count, TallyFrom) = (_from + count, Count - count, Math.Max(0, TallyFrom - count));
        if (Count * 4 < _items.Length && _items.Length >= 64)
            Move(new Contribution[Count * 2]);
    }

    /// <summary>Forgets an event by its place.</summary>
    public void RemoveAt(int at)
    {
        Array.Copy(_items, _from + at + 1, _items, _from + at, Count - at - 1);
        RemoveNewest();
    }

    /// <summary>Forgets the newest event.</summary>
    public void RemoveNewest() => _items[_from + --Count] = default;

    // Twice the room when it is full; what was forgotten at the front is room, too.
    private void MakeRoom()
    {
        if (_from + Count < _items.Length)
            return;
        Move(_from > _items.Length / 2 ? _items : new Contribution[Math.Max(1, Count * 2)]);
    }

    private void Move(Contribution[] to)
    {
        Array.Copy(_items, _from, to, 0, Count);
        if (ReferenceEquals(to, _items))
            Array.Clear(_items, Count, _items.Length - Count);
        (_items, _from) = (to, 0);
    }
}
