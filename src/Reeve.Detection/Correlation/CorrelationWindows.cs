using System.Collections.Immutable;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>The groups of one correlation. Not thread-safe.</summary>
internal sealed class CorrelationWindows(int index, CorrelationRule rule, CorrelationLimits limits, GroupOrder order)
{
    private const int MostListed = 1000;

    private readonly Dictionary<string, CorrelationGroup> _groups = new(StringComparer.Ordinal);
    private readonly PriorityQueue<CorrelationGroup, DateTime> _deadlines = new();
    private readonly bool _waits = WindowJudge.WaitsForTheEnd(rule);

    /// <summary>The rule.</summary>
    public CorrelationRule Rule => rule;

    /// <summary>Its groups.</summary>
    public IEnumerable<CorrelationGroup> Groups => _groups.Values;

    /// <summary>The group of some values; a new one where there is none.</summary>
    public CorrelationGroup Group(string key)
    {
        if (!_groups.TryGetValue(key, out var group))
            _groups.Add(key, group = new CorrelationGroup(key));
        order.Touch(index, group);
        return group;
    }

    /// <summary>Forgets a group.</summary>
    public void Forget(CorrelationGroup group) => _groups.Remove(group.Key);

    /// <summary>Adds to a group; answers what fired.</summary>
    public CorrelationFiring? Add(string key, Contribution contribution)
    {
        var group = Group(key);
        var at = group.Add(contribution, rule.Timespan + limits.Lateness, limits.EventsPerGroup);
        if (_waits)
        {
            Wait(group, contribution.Time + rule.Timespan);
            return null;
        }

        // A late event may complete the windows of those behind it.
        for (var last = Math.Max(at, 0); last < group.Events.Length && group.Events[last].Time < contribution.Time + rule.Timespan; last++)
        {
            var window = group.Window(group.Events[last].Time - rule.Timespan, last);
            if (at >= 0 && WindowJudge.Holds(rule, window, out var amount))
                return Fire(group, window, amount);
        }

        return null;
    }

    /// <summary>Judges the windows that ended before a time.</summary>
    public IEnumerable<CorrelationFiring> Settle(DateTime watermark)
    {
        var fired = new List<CorrelationFiring>();
        while (_deadlines.TryPeek(out var group, out var deadline) && deadline <= watermark)
        {
            _deadlines.Dequeue();
            if (group.Deadline != deadline)
                continue;
            group.Deadline = null;
            if (group.Events.Length > 0 && WindowJudge.Holds(rule, group.Events, out var amount))
                fired.Add(Fire(group, group.Events, amount));
            group.Clear();
            order.Remove(group);
            Forget(group);
        }

        return fired;
    }

    /// <summary>Says until when a group is open; only its first event does.</summary>
    public void Wait(CorrelationGroup group, DateTime deadline)
    {
        if (group.Deadline is not null)
            return;
        group.Deadline = deadline;
        _deadlines.Enqueue(group, deadline);
    }

    // Beyond so many the older ones stood in the firings before.
    private CorrelationFiring Fire(CorrelationGroup group, ReadOnlySpan<Contribution> window, double amount)
    {
        window = window[Math.Max(0, window.Length - MostListed)..];
        var events = new List<EventReference>();
        var seen = new HashSet<EventReference>(ReferenceEqualityComparer.Instance);
        foreach (var one in window)
            events.AddRange(one.Events.Where(seen.Add));
        return new CorrelationFiring(rule, [.. rule.GroupBy.Zip(GroupKey.Split(group.Key), (field, value) => KeyValuePair.Create(field.Name, value))], amount, events);
    }
}
