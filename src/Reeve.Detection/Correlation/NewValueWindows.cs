using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>
/// Fires when an event brings a value that its group has not had for the rule's time span, once the group has been known for as long as
/// the rule learns. A group keeps each value once, with about the time it was seen last, and when it was seen first itself; of more than
/// <see cref="MostValues"/> values the one that was not seen for the longest is forgotten. Not thread-safe.
/// </summary>
internal sealed class NewValueWindows(CorrelationRule rule, CorrelationLimits limits, CorrelationLoad load, bool hasChained)
    : CorrelationWindows(rule, limits, load, hasChained)
{
    private const int MostValues = 500;

    // No value can be it: it stands for the group itself.
    private const string Beginning = "\u0000";

    // Times are kept as exactly as this part of the time span, so that hardly any event changes anything.
    private const int Exactness = 30;

    /// <inheritdoc/>
    public override CorrelationFiring? Add(string key, ReadOnlySpan<Contribution> contributions)
    {
        CorrelationFiring? fired = null;
        var group = Group(key);
        if (group.Count == 0)
            Insert(group, contributions[0] with { Value = Beginning });
        foreach (var contribution in contributions)
            fired = Take(group, contribution) ?? fired;
        return fired;
    }

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> ValuesOf(Contribution last) => Named(Rule.ValueFields, GroupKey.Split(last.Value!));

    private CorrelationFiring? Take(CorrelationGroup group, in Contribution contribution)
    {
        var known = Find(group, contribution.Value!);
        var since = known < 0 ? long.MaxValue : contribution.Ticks - group.Events[known].Ticks;
        if (since < Span / Exactness)
            return null;
        if (known >= 0)
            Remove(group, known);
        else if (group.Count > MostValues)
            Remove(group, group.Events[0].Value == Beginning ? 1 : 0);
        var at = Insert(group, contribution);
        var isLearnt = contribution.Ticks - group.Events[Math.Max(0, Find(group, Beginning))].Ticks >= Rule.Learning.Ticks;
        return isLearnt && since >= Span ? Fire(group, at, at + 1, group.Count - 1, 1).Keep() : null;
    }

    private void Remove(CorrelationGroup group, int at)
    {
        group.RemoveAt(at);
        Load.Events--;
    }

    private static int Find(CorrelationGroup group, string value)
    {
        var values = group.Events;
        for (var at = 0; at < values.Length; at++)
        {
            if (values[at].Value == value)
                return at;
        }

        return -1;
    }
}
