using System.Globalization;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>
/// Reads of an event in which groups of a correlation it is and what it adds to them. Without a value of a group field it is in none; of
/// several values each is a group. Likewise without a value to count, or a number to sum, it adds nothing. Not thread-safe.
/// </summary>
internal sealed class ContributionReader
{
    // Of lists with many values; no rule means more.
    private const int Most = 64;

    private const int KeptKeys = 8;

    // So that no sum of a window is infinite.
    private const double LargestNumber = 1e300;

    private readonly List<string> _read = [];
    private readonly (string Cluster, string Value, string Key)[] _keys = new (string, string, string)[KeptKeys];
    private int _nextKey;

    /// <summary>Adds the keys of its groups.</summary>
    public void ReadKeys(CorrelationRule rule, string ruleId, string cluster, ICorrelationValues values, List<string> keys)
    {
        if (rule.GroupBy.Length == 0)
        {
            keys.Add(GroupKey.Join(cluster));
        }
        else if (rule.GroupBy.Length == 1 && Read(rule.GroupBy[0], ruleId, values) is { Count: <= 1 } only)
        {
            if (only.Count == 1)
                keys.Add(KeyOf(cluster, only[0]));
        }
        else
        {
            AddTuples(rule.GroupBy.AsSpan(), ruleId, values, [cluster], keys);
        }
    }

    /// <summary>Adds what it adds to each group.</summary>
    public void ReadValues(CorrelationRule rule, RuleUse use, long ticks, PackedEvents events, ICorrelationValues values, List<Contribution> contributions)
    {
        switch (rule.Type)
        {
            case CorrelationType.ValueCount or CorrelationType.NewValue:
                var tuples = new List<string>();
                AddTuples(rule.ValueFields.AsSpan(), use.RuleId, values, [], tuples);
                foreach (var tuple in tuples)
                    contributions.Add(new Contribution(ticks, use.Place, tuple, 0, events));
                break;
            case CorrelationType.ValueSum or CorrelationType.ValueAverage or CorrelationType.ValuePercentile:
                foreach (var text in Read(rule.ValueFields[0], use.RuleId, values))
                {
                    if (TryParse(text, out var number))
                        contributions.Add(new Contribution(ticks, use.Place, null, number, events));
                }

                break;
            default:
                contributions.Add(new Contribution(ticks, use.Place, null, 0, events));
                break;
        }
    }

    /// <summary>Reads a number that can be summed.</summary>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && Math.Abs(number) <= LargestNumber;

    private void AddTuples(ReadOnlySpan<CorrelationField> fields, string ruleId, ICorrelationValues values, string[] before, List<string> tuples)
    {
        if (fields.IsEmpty)
        {
            var joined = GroupKey.Join(before);
            if (!tuples.Contains(joined))
                tuples.Add(joined);
            return;
        }

        foreach (var value in Read(fields[0], ruleId, values).ToArray())
        {
            if (tuples.Count >= Most)
                return;
            AddTuples(fields[1..], ruleId, values, [.. before, value], tuples);
        }
    }

    // Many correlations ask the same of an event.
    private string KeyOf(string cluster, string value)
    {
        foreach (var kept in _keys)
        {
            if (ReferenceEquals(kept.Value, value) && kept.Cluster == cluster)
                return kept.Key;
        }

        var key = GroupKey.Join(cluster, value);
        _keys[_nextKey++ % KeptKeys] = (cluster, value, key);
        return key;
    }

    private List<string> Read(CorrelationField field, string ruleId, ICorrelationValues values)
    {
        _read.Clear();
        values.Read(field, ruleId, _read);
        return _read;
    }
}
