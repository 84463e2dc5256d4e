using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>
/// Judges windows when they have ended, of rules whose bounds the first event may hold already, so that they mean: no more came. A window
/// begins with the first event that is in none before and ends a time span later; it is judged once, when the watermark has come to its end.
/// What comes for a window that was judged is not counted. Not thread-safe.
/// </summary>
internal sealed class EndingWindows(CorrelationRule rule, CorrelationLimits limits, CorrelationLoad load, bool hasChained)
    : CorrelationWindows(rule, limits, load, hasChained)
{
    // By the time, then by the group, so that nothing depends on which came first.
    private readonly SortedSet<(long Ends, string Key)> _ends = new(Comparer<(long Ends, string Key)>.Create(
        (left, right) => left.Ends != right.Ends ? left.Ends.CompareTo(right.Ends) : string.CompareOrdinal(left.Key, right.Key)));

    /// <summary>Whether only the end of a window can tell if a rule fires: nothing bounds its amount from below.</summary>
    public static bool Judges(CorrelationRule rule) =>
        !rule.Bounds.IsEmpty && rule.Bounds.All(bound => bound.Comparison is Comparison.Less or Comparison.LessOrEqual or Comparison.NotEqual);

    /// <inheritdoc/>
    public override CorrelationFiring? Add(string key, ReadOnlySpan<Contribution> contributions)
    {
        var ticks = contributions[0].Ticks;
        var isInOpenWindow = TryGet(key, out var known) && known.Oldest <= ticks;
        if (!isInOpenWindow && ticks + Span <= Load.Settled)
            return null;
        Put(key, contributions);
        return null;
    }

    /// <inheritdoc/>
    public override void Settle(long watermark, List<CorrelationFiring> fired)
    {
        while (_ends.Count > 0 && _ends.Min is var (ends, key) && ends <= watermark && TryGet(key, out var group))
        {
            var window = group.Events[..group.FirstAfter(ends - 1)];
            Scratch.Clear();
            foreach (var one in window)
                Scratch.Add(one);
            if (Scratch.Holds(Rule, out var amount))
                fired.Add(Fire(group, 0, window.Length, amount, window.Length).Keep());
            _ends.Remove((ends, key));
            RemoveOldest(group, window.Length);
            if (group.Count == 0)
                Forget(group);
            else
                _ends.Add((group.Oldest + Span, key));
        }
    }

    /// <inheritdoc/>
    public override void Forget(CorrelationGroup group)
    {
        if (group.Count > 0)
            _ends.Remove((group.Oldest + Span, group.Key));
        base.Forget(group);
    }

    /// <inheritdoc/>
    public override void Restore(string key, long touched, ReadOnlySpan<Contribution> contributions)
    {
        base.Restore(key, touched, contributions);
        if (TryGet(key, out var group))
            _ends.Add((group.Oldest + Span, key));
    }

    private void Put(string key, ReadOnlySpan<Contribution> contributions)
    {
        var group = Group(key);
        if (group.Count > 0)
            _ends.Remove((group.Oldest + Span, key));
        foreach (var contribution in contributions)
            Insert(group, contribution);
        Bound(group, contributions[0].Ticks);
        _ends.Add((group.Oldest + Span, key));
    }
}
