using Reeve.Detection.Correlation.Tallies;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>
/// Judges at each event the events of its group in (t − timespan, t]. An event that comes late is put in its place, and the windows that
/// hold it and end at a later event are judged anew, until one fires. Not thread-safe.
/// </summary>
internal sealed class SlidingWindows(CorrelationRule rule, CorrelationLimits limits, CorrelationLoad load, bool hasChained)
    : CorrelationWindows(rule, limits, load, hasChained)
{
    // Smaller windows are counted anew each time, so that most groups keep no tally.
    private const int Worthwhile = 64;

    /// <inheritdoc/>
    public override CorrelationFiring? Add(string key, ReadOnlySpan<Contribution> contributions)
    {
        var ticks = contributions[0].Ticks;
        if (TryGet(key, out var known) && ticks <= known.Newest - Keep)
            return null;
        var group = Group(key);
        var at = Insert(group, contributions[0]);
        foreach (var further in contributions[1..])
            Insert(group, further);
        var isLast = at + contributions.Length == group.Count;
        var fired = isLast ? JudgeLast(group, at) : JudgeLate(group, at + contributions.Length - 1);
        group.HasJustFired = isLast && fired is not null;
        // Who hears of the group for the first time hears of all of it.
        if (group.Count > Limits.EventsPerGroup && group.ToldTo == 0)
            fired?.Keep();
        RemoveOldest(group, group.FirstAfter(group.Newest - Keep));
        Bound(group, ticks);
        return fired;
    }

    private CorrelationFiring? JudgeLast(CorrelationGroup group, int at)
    {
        var events = group.Events;
        var after = events[^1].Ticks - Span;
        if (group.Tally is { } tally)
        {
            foreach (var added in events[at..])
                tally.Add(added);
            for (; events[group.TallyFrom].Ticks <= after; group.TallyFrom++)
                tally.Remove(events[group.TallyFrom]);
        }
        else
        {
            group.TallyFrom = group.FirstAfter(after);
            tally = events.Length - group.TallyFrom >= Worthwhile ? group.Tally = WindowTally.Of(Rule) : Scratch;
            tally.Clear();
            foreach (var one in events[group.TallyFrom..])
                tally.Add(one);
        }

        if (events.Length - group.TallyFrom < Worthwhile)
            group.Tally = null;
        if (!tally.Holds(Rule, out var amount))
            return null;
        var (from, all) = (group.TallyFrom, events.Length - group.TallyFrom);
        return Fire(group, from, events.Length, amount, group.HasJustFired ? events.Length - at : all);
    }

    private CorrelationFiring? JudgeLate(CorrelationGroup group, int last)
    {
        group.Tally = null;
        var events = group.Events;
        var ticks = events[last].Ticks;
        var from = group.FirstAfter(ticks - Span);
        Scratch.Clear();
        foreach (var before in events[from..last])
            Scratch.Add(before);
        for (; last < events.Length && events[last].Ticks < ticks + Span; last++)
        {
            Scratch.Add(events[last]);
            for (; events[from].Ticks <= events[last].Ticks - Span; from++)
                Scratch.Remove(events[from]);
            var isTie = last + 1 < events.Length && events[last + 1].Ticks == events[last].Ticks;
            if (!isTie && Scratch.Holds(Rule, out var amount))
                return Fire(group, from, last + 1, amount, last + 1 - from).Keep();
        }

        return null;
    }
}
