using System.Globalization;
using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Tests.Correlation;

/// <summary>What one rule found in an event of one group.</summary>
internal sealed record Found(ulong Sequence, DateTime Time, int Rule, string Group, string[] Values);

/// <summary>Correlations in slow and plain code: every window is made of the whole list of what came so far.</summary>
internal static class NaiveWindows
{
    /// <summary>The window that fires by what came last, all of one event and one group; null where none does.</summary>
    public static List<Found>? Fires(CorrelationRule rule, List<Found> all)
    {
        var last = all[^1];
        var group = all.Where(one => one.Group == last.Group).ToList();
        return group.Select(one => one.Time).Where(end => end >= last.Time && end < last.Time + rule.Timespan).Distinct().Order()
            .Select(end => Sorted(group.Where(one => one.Time <= end && one.Time > end - rule.Timespan)))
            .FirstOrDefault(window => Holds(rule, window));
    }

    /// <summary>The windows that hold when each begins with the first event that is in none before.</summary>
    public static List<List<Found>> Ended(CorrelationRule rule, List<Found> all)
    {
        var windows = new List<List<Found>>();
        foreach (var group in all.GroupBy(one => one.Group))
        {
            var left = Sorted(group);
            while (left.Count > 0)
            {
                var window = left.TakeWhile(one => one.Time < left[0].Time + rule.Timespan).ToList();
                if (Holds(rule, window))
                    windows.Add(window);
                left.RemoveRange(0, window.Count);
            }
        }

        return windows;
    }

    // Of one event the later rules come first.
    private static List<Found> Sorted(IEnumerable<Found> found) => [.. found.OrderBy(one => one.Time).ThenBy(one => one.Sequence).ThenByDescending(one => one.Rule)];

    private static bool Holds(CorrelationRule rule, List<Found> window)
    {
        var numbers = window.SelectMany(one => one.Values).Select(value => double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).Where(double.IsFinite).Order().ToList();
        bool Has(int one) => window.Any(found => found.Rule == one);
        double? amount = rule.Type switch
        {
            CorrelationType.EventCount => window.Count,
            CorrelationType.ValueCount => window.SelectMany(one => one.Values).Distinct().Count(),
            CorrelationType.ValueSum => numbers.Count > 0 ? numbers.Sum() : null,
            CorrelationType.ValueAverage => numbers.Count > 0 ? numbers.Average() : null,
            CorrelationType.ValuePercentile => numbers.Count > 0 ? numbers[Math.Max(0, (int)Math.Ceiling(rule.Percentile / 100 * numbers.Count) - 1)] : null,
            CorrelationType.Temporal => window.Select(one => one.Rule).Distinct().Count(),
            _ => InOrder(window, [0, 1, 2]),
        };
        if (rule.Expression is not null && rule.Type == CorrelationType.Temporal)
            return Has(0) && (Has(1) || !Has(2));
        if (rule.Expression is not null)
            return Math.Max(InOrder(window, [0, 1]), InOrder(window, [0, 2])) == 2;
        if (rule.Bounds.IsEmpty)
            return amount == 3;
        return amount is { } there && rule.Bounds.All(bound => bound.Comparison switch
        {
            Comparison.Greater => there > bound.Value,
            Comparison.GreaterOrEqual => there >= bound.Value,
            Comparison.Less => there < bound.Value,
            Comparison.LessOrEqual => there <= bound.Value,
            Comparison.Equal => there.Equals(bound.Value),
            _ => !there.Equals(bound.Value),
        });
    }

    private static int InOrder(List<Found> window, int[] rules)
    {
        var next = 0;
        foreach (var one in window)
            next += next < rules.Length && one.Rule == rules[next] ? 1 : 0;
        return next;
    }
}
