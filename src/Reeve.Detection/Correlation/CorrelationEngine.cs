using System.Collections.Immutable;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>
/// Counts what rules find, in sliding windows of event time: an event is judged together with those of its group that are less than
/// the rule's time span older, and may complete the windows of those behind it when it comes late. A request counts once for a rule,
/// whatever stages match it. An event without a value of a group field is in no group; of several values each is a group. What fired is itself an
/// event for the correlations that refer to it. Not thread-safe.
/// </summary>
public sealed class CorrelationEngine
{
    // Of lists with many values; no rule means more.
    private const int MostGroupsOfAnEvent = 64;

    private readonly RuleSet _rules;
    private readonly CorrelationLimits _limits;
    private readonly CorrelationWindows[] _windows;
    private readonly List<(int Correlation, int Place)>[] _byDetection;
    private readonly List<(int Correlation, int Place)>[] _byCorrelation;
    private readonly GroupOrder _order = new();
    private readonly SeenRequests _seen;

    /// <summary>Begins with nothing seen.</summary>
    public CorrelationEngine(RuleSet rules, CorrelationLimits limits)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(limits);
        (_rules, _limits) = (rules, limits);
        _seen = new SeenRequests(limits.Requests);
        _windows = [.. rules.Correlations.Select((rule, index) => new CorrelationWindows(index, rule, limits, _order))];
        _byDetection = [.. rules.Detections.Select(rule => UsesOf(rule.Id))];
        _byCorrelation = [.. rules.Correlations.Select(rule => UsesOf(rule.Id))];
    }

    /// <summary>How many groups are counted.</summary>
    public int Groups => _order.Count;

    /// <summary>How many groups were forgotten because there were too many.</summary>
    public long Evicted { get; private set; }

    internal IReadOnlyList<CorrelationWindows> Windows => _windows;

    internal SeenRequests Seen => _seen;

    /// <summary>Counts an event; answers what fired by it, in the order of the rules.</summary>
    /// <param name="reference">Which event.</param>
    /// <param name="matched">The detection rules that match it, by their places in the set.</param>
    /// <param name="values">Its values, for the fields of correlations.</param>
    public IReadOnlyList<CorrelationFiring> Observe(EventReference reference, IReadOnlyList<int> matched, IFieldValues values)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(matched);
        List<CorrelationFiring>? fired = null;
        foreach (var detection in matched)
        {
            if (_byDetection[detection].Count == 0 || !_seen.Add(detection, reference.RequestKey))
                continue;
            foreach (var (correlation, place) in _byDetection[detection])
            {
                var rule = _windows[correlation].Rule;
                var id = _rules.Detections[detection].Id;
                foreach (var key in KeysOf(rule, id, values))
                    Count(correlation, key, new Contribution(reference.Time, place, ValueOf(rule, id, values), [reference]), fired ??= []);
            }
        }

        return fired ?? [];
    }

    /// <summary>Judges what only the end of a window tells, of windows that ended before a time; answers what fired.</summary>
    public IReadOnlyList<CorrelationFiring> Settle(DateTime watermark)
    {
        var fired = new List<CorrelationFiring>();
        for (var correlation = 0; correlation < _windows.Length; correlation++)
        {
            foreach (var firing in _windows[correlation].Settle(watermark))
                Pass(correlation, firing, fired);
        }

        while (_order.Oldest is var (rule, group) && group.Events.Length > 0 && group.Deadline is null && group.Newest < watermark - _windows[rule].Rule.Timespan - _limits.Lateness)
            Remove(rule, group);
        return fired;
    }

    /// <summary>Judges what only the end tells, because it is there.</summary>
    public IReadOnlyList<CorrelationFiring> Finish() => Settle(DateTime.MaxValue);

    private void Count(int correlation, string key, Contribution contribution, List<CorrelationFiring> fired)
    {
        if (_windows[correlation].Add(key, contribution) is { } firing)
            Pass(correlation, firing, fired);
        while (_order.Count > _limits.Groups && _order.Oldest is var (rule, group))
        {
            Evicted++;
            Remove(rule, group);
        }
    }

    // To the correlations that refer to it, too.
    private void Pass(int correlation, CorrelationFiring firing, List<CorrelationFiring> fired)
    {
        fired.Add(firing);
        foreach (var (outer, place) in _byCorrelation[correlation])
        {
            var rule = _windows[outer].Rule;
            var group = firing.Group.ToDictionary(part => part.Key, part => part.Value, StringComparer.Ordinal);
            string? Value(CorrelationField field) =>
                group.GetValueOrDefault(field.Name) ?? (field.For(firing.Rule.Id) is { } own ? group.GetValueOrDefault(own.ToString()) : null);
            if (rule.GroupBy.All(field => Value(field) is not null))
            {
                Count(outer, GroupKey.Join(rule.GroupBy.Select(field => Value(field)!)), new Contribution(
                    firing.Time, place, GroupKey.Join(rule.ValueFields.Select(field => Value(field) ?? "")), firing.Events), fired);
            }
        }
    }

    private void Remove(int rule, CorrelationGroup group)
    {
        _order.Remove(group);
        _windows[rule].Forget(group);
    }

    private List<(int Correlation, int Place)> UsesOf(string id) =>
        [.. _rules.Correlations.SelectMany((rule, correlation) => rule.Rules.Select((used, place) => (Used: used, correlation, place))).Where(use => use.Used == id).Select(use => (use.correlation, use.place))];

    private static IEnumerable<string> KeysOf(CorrelationRule rule, string id, IFieldValues values)
    {
        IEnumerable<ImmutableList<string>> keys = [[]];
        foreach (var field in rule.GroupBy)
        {
            var found = Read(field, id, values);
            keys = keys.SelectMany(key => found.Select(key.Add));
        }

        return keys.Take(MostGroupsOfAnEvent).Select(key => GroupKey.Join(key));
    }

    // A tuple of values counts once, whatever their order in the event; so the first of each is it.
    private static string ValueOf(CorrelationRule rule, string id, IFieldValues values) =>
        rule.ValueFields.IsEmpty ? "" : GroupKey.Join(rule.ValueFields.Select(field => string.Concat(Read(field, id, values).Take(1))));

    private static List<string> Read(CorrelationField field, string id, IFieldValues values)
    {
        var found = new List<string>();
        if (field.For(id) is { } own)
            values.Read(own, found);
        return found;
    }
}
