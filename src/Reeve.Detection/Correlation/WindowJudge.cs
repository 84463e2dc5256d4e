using System.Globalization;
using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>Says whether the events of a window are what a correlation asks for.</summary>
internal static class WindowJudge
{
    /// <summary>
    /// Whether only the end of a window can tell: bounds from above alone hold for the first event already, and mean that no more came.
    /// </summary>
    public static bool WaitsForTheEnd(CorrelationRule rule) =>
        !rule.Bounds.IsEmpty && rule.Bounds.All(bound => bound.Comparison is Comparison.Less or Comparison.LessOrEqual or Comparison.NotEqual);

    /// <summary>Whether a window, which is not empty, is it; and the amount that was compared.</summary>
    public static bool Holds(CorrelationRule rule, ReadOnlySpan<Contribution> window, out double amount)
    {
        amount = Amount(rule, window);
        if (double.IsNaN(amount))
            return false;
        if (rule.Expression is { } expression)
            return Holds(expression, rule, window);
        if (rule.Bounds.IsEmpty)
            return amount >= rule.Rules.Distinct(StringComparer.Ordinal).Count();
        foreach (var bound in rule.Bounds)
        {
            if (!bound.Holds(amount))
                return false;
        }

        return true;
    }

    private static double Amount(CorrelationRule rule, ReadOnlySpan<Contribution> window) => rule.Type switch
    {
        CorrelationType.EventCount => window.Length,
        CorrelationType.ValueCount => Distinct(window),
        CorrelationType.Temporal => Rules(window).Count,
        CorrelationType.TemporalOrdered => InOrder(rule, window),
        _ => OfNumbers(rule, Numbers(window)),
    };

    private static int Distinct(ReadOnlySpan<Contribution> window)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in window)
            values.Add(one.Value);
        return values.Count;
    }

    private static HashSet<int> Rules(ReadOnlySpan<Contribution> window)
    {
        var rules = new HashSet<int>();
        foreach (var one in window)
            rules.Add(one.Rule);
        return rules;
    }

    // How many rules, from the first, matched one after the other.
    private static int InOrder(CorrelationRule rule, ReadOnlySpan<Contribution> window)
    {
        var next = 0;
        foreach (var one in window)
        {
            if (next < rule.Rules.Length && one.Rule == next)
                next++;
        }

        return next;
    }

    private static List<double> Numbers(ReadOnlySpan<Contribution> window)
    {
        var numbers = new List<double>();
        foreach (var one in window)
        {
            if (double.TryParse(one.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                numbers.Add(number);
        }

        return numbers;
    }

    // Not a number where there is none: no bound holds then.
    private static double OfNumbers(CorrelationRule rule, List<double> numbers)
    {
        if (numbers.Count == 0)
            return double.NaN;
        if (rule.Type == CorrelationType.ValueSum)
            return numbers.Sum();
        if (rule.Type == CorrelationType.ValueAverage)
            return numbers.Average();
        // The nearest rank.
        numbers.Sort();
        return numbers[Math.Clamp((int)Math.Ceiling(rule.Percentile / 100 * numbers.Count) - 1, 0, numbers.Count - 1)];
    }

    private static bool Holds(CorrelationExpression expression, CorrelationRule rule, ReadOnlySpan<Contribution> window)
    {
        var matched = Rules(window).Select(at => rule.Rules[at]).ToHashSet(StringComparer.Ordinal);
        return Holds(expression, matched);
    }

    private static bool Holds(CorrelationExpression expression, HashSet<string> matched) => expression switch
    {
        CorrelationExpression.Rule rule => matched.Contains(rule.Id),
        CorrelationExpression.And and => Holds(and.Left, matched) && Holds(and.Right, matched),
        CorrelationExpression.Or or => Holds(or.Left, matched) || Holds(or.Right, matched),
        CorrelationExpression.Not not => !Holds(not.Inner, matched),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "no such expression"),
    };
}
