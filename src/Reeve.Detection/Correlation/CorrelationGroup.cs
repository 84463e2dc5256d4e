using System.Runtime.InteropServices;

namespace Reeve.Detection.Correlation;

/// <summary>The events of one rule with equal values of its group fields, by time; ties as they came. Not thread-safe.</summary>
internal sealed class CorrelationGroup(string key)
{
    private readonly List<Contribution> _events = [];

    /// <summary>The group's values, joined.</summary>
    public string Key { get; } = key;

    /// <summary>Until when the group is open, for rules that are judged at the end of a window.</summary>
    public DateTime? Deadline { get; set; }

    /// <summary>The group's place in the order of use.</summary>
    public LinkedListNode<(int Rule, CorrelationGroup Group)>? Place { get; set; }

    /// <summary>Its events.</summary>
    public ReadOnlySpan<Contribution> Events => CollectionsMarshal.AsSpan(_events);

    /// <summary>The time of the newest.</summary>
    public DateTime Newest => _events[^1].Time;

    /// <summary>Puts an event in its place and answers it; what is too old beside the newest is let go.</summary>
    public int Add(Contribution added, TimeSpan keep, int most)
    {
        var at = _events.Count;
        while (at > 0 && _events[at - 1].Time > added.Time)
            at--;
        _events.Insert(at, added);
        var oldest = 0;
        while (_events[oldest].Time <= Newest - keep)
            oldest++;
        oldest = Math.Max(oldest, _events.Count - most);
        if (oldest > 0)
            _events.RemoveRange(0, oldest);
        return at - oldest;
    }

    /// <summary>The events after <paramref name="after"/> and up to the one at a place.</summary>
    public ReadOnlySpan<Contribution> Window(DateTime after, int last)
    {
        var (low, high) = (0, last);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_events[middle].Time > after)
                high = middle;
            else
                low = middle + 1;
        }

        return Events[low..(last + 1)];
    }

    /// <summary>Forgets its events.</summary>
    public void Clear() => _events.Clear();
}
