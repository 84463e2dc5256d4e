using System.Diagnostics.CodeAnalysis;
using Reeve.Detection.Correlation.Tallies;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>
/// The groups of one correlation, and what of them is in memory. How their windows are judged is for <see cref="SlidingWindows"/>,
/// <see cref="EndingWindows"/> and <see cref="NewValueWindows"/>. Not thread-safe.
/// </summary>
internal abstract class CorrelationWindows
{
    private const long MostTicks = 1000 * 365 * TimeSpan.TicksPerDay;
    private const int WaitingEvents = 32;

    private readonly Dictionary<string, CorrelationGroup> _groups = new(StringComparer.Ordinal);
    private readonly GroupOrder _order = new();
    private readonly bool _hasChained;
    private readonly ulong _awaited;

    protected CorrelationWindows(CorrelationRule rule, CorrelationLimits limits, CorrelationLoad load, bool hasChained)
    {
        (Rule, Limits, Load, _hasChained) = (rule, limits, load, hasChained);
        Span = Math.Min(rule.Timespan.Ticks, MostTicks);
        Keep = Span + Math.Min(limits.Lateness.Ticks, MostTicks);
        Scratch = WindowTally.Of(rule);
        _awaited = AwaitsAll(rule) ? (1UL << rule.Rules.Length) - 1 : 0;
    }

    /// <summary>The rule.</summary>
    public CorrelationRule Rule { get; }

    /// <summary>The group not touched for the longest.</summary>
    public CorrelationGroup? Oldest => _order.Oldest;

    /// <summary>Its groups, the one not touched for the longest first.</summary>
    public IEnumerable<CorrelationGroup> Groups
    {
        get
        {
            for (var group = _order.Oldest; group is not null; group = group.Newer)
                yield return group;
        }
    }

    /// <summary>The number of its groups.</summary>
    public int Count => _groups.Count;

    protected CorrelationLimits Limits { get; }

    /// <summary>What all rules keep together.</summary>
    protected CorrelationLoad Load { get; }

    /// <summary>The rule's time span, in ticks.</summary>
    protected long Span { get; }

    /// <summary>How long an event is kept beside newer ones, in ticks.</summary>
    protected long Keep { get; }

    /// <summary>A tally to count a window with.</summary>
    protected WindowTally Scratch { get; }

    /// <summary>The windows of a rule.</summary>
    public static CorrelationWindows Of(CorrelationRule rule, CorrelationLimits limits, CorrelationLoad load, bool hasChained) =>
        rule.Type == CorrelationType.NewValue ? new NewValueWindows(rule, limits, load, hasChained)
        : EndingWindows.Judges(rule) ? new EndingWindows(rule, limits, load, hasChained) : new SlidingWindows(rule, limits, load, hasChained);

    /// <summary>Adds contributions of one event, all of the same time, to a group; answers what fired.</summary>
    public abstract CorrelationFiring? Add(string key, ReadOnlySpan<Contribution> contributions);

    /// <summary>The watermark came to a time: judges what only the end of a window tells, and lets go what no event can complete any more.</summary>
    public virtual void Settle(long watermark, List<CorrelationFiring> fired)
    {
        while (Oldest is { } group && group.Newest < watermark - Keep)
            Forget(group);
    }

    /// <summary>Forgets a group.</summary>
    public virtual void Forget(CorrelationGroup group)
    {
        _order.Remove(group);
        _groups.Remove(group.Key);
        Load.Groups--;
        Load.Events -= group.Count;
    }

    /// <summary>Puts back a group that was saved, as the one touched last; its events come by time.</summary>
    public virtual void Restore(string key, long touched, ReadOnlySpan<Contribution> contributions)
    {
        var group = Group(key);
        group.Touched = touched;
        foreach (var contribution in contributions)
            Insert(group, contribution);
    }

    protected bool TryGet(string key, [MaybeNullWhen(false)] out CorrelationGroup group) => _groups.TryGetValue(key, out group);

    /// <summary>The group of some values, touched; a new one where there is none.</summary>
    protected CorrelationGroup Group(string key)
    {
        if (_groups.TryGetValue(key, out var group))
        {
            _order.Touch(group);
        }
        else
        {
            _groups.Add(key, group = new CorrelationGroup(key));
            _order.Add(group);
            Load.Groups++;
        }

        group.Touched = Load.Next();
        return group;
    }

    protected int Insert(CorrelationGroup group, in Contribution contribution)
    {
        Load.Events++;
        return group.Add(contribution);
    }

    protected void RemoveOldest(CorrelationGroup group, int count)
    {
        if (count == 0)
            return;
        Load.Events -= count;
        group.RemoveOldest(count);
    }

    /// <summary>Holds a group to its limit: what is farthest from an event that came goes, so that logs may be read in any order.</summary>
    protected void Bound(CorrelationGroup group, long ticks)
    {
        var most = (group.Places & _awaited) == _awaited ? Limits.EventsPerGroup : Math.Min(WaitingEvents, Limits.EventsPerGroup);
        while (group.Count > most)
        {
            if (ticks - group.Oldest >= group.Newest - ticks)
            {
                if (group.TallyFrom == 0)
                    group.Tally?.Remove(group.Events[0]);
                RemoveOldest(group, 1);
            }
            else
            {
                group.RemoveNewest();
                group.Tally = null;
                Load.Events--;
            }
        }
    }

    // Without an event of each rule nothing of it can fire, so that a few of the others are enough.
    private static bool AwaitsAll(CorrelationRule rule) =>
        rule is { Type: CorrelationType.Temporal or CorrelationType.TemporalOrdered, Bounds.IsEmpty: true, Expression: null, Rules.Length: < 64 };

    /// <summary>What a window that holds says.</summary>
    /// <param name="group">The group.</param>
    /// <param name="from">Where in it the window begins.</param>
    /// <param name="end">Behind its last event.</param>
    /// <param name="amount">What met the bounds.</param>
    /// <param name="added">How many of its last events were not in the window that fired before; all of them where that is not known.</param>
    protected CorrelationFiring Fire(CorrelationGroup group, int from, int end, double amount, int added)
    {
        var values = GroupKey.Split(group.Key);
        return new CorrelationFiring(
            Rule, values[0], [.. Named(Rule.GroupBy, values.Skip(1)), .. ValuesOf(group.Events[end - 1])], amount,
            new DateTime(group.Events[end - 1].Ticks, DateTimeKind.Utc), new FiredWindow(this, group, from, end, added));
    }

    /// <summary>Values by which what fired is told apart, besides those of the group.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> ValuesOf(Contribution last) => [];

    /// <summary>Values with the names of their fields.</summary>
    protected static IEnumerable<KeyValuePair<string, string>> Named(IEnumerable<CorrelationField> fields, IEnumerable<string> values) =>
        fields.Zip(values, (field, value) => KeyValuePair.Create(field.Name, value));

    /// <summary>The events of some contributions, as far as the limits allow.</summary>
    internal byte[][] EventsOf(ReadOnlySpan<Contribution> window)
    {
        window = window[Math.Max(0, window.Length - Limits.EventsPerFiring)..];
        var events = new List<byte[]>(window.Length);
        foreach (var one in window)
        {
            foreach (var packed in one.Events.All)
            {
                // What an event adds to a group, for each of its values and rules, stands side by side.
                if (events.Count == 0 || PackedEvent.Sequence(events[^1]) != PackedEvent.Sequence(packed))
                    events.Add(packed);
            }
        }

        // Windows of a chained correlation share their events.
        return _hasChained
            ? [.. events.DistinctBy(packed => PackedEvent.Sequence(packed)).OrderBy(packed => PackedEvent.Time(packed)).TakeLast(Limits.EventsPerFiring)]
            : [.. events];
    }
}
