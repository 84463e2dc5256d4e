using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation.Tallies;

/// <summary>
/// What a correlation compares, of a window that slides: events come in by time and leave in the same order. Whatever slid through it
/// before, the amount is that of a window counted anew. Not thread-safe.
/// </summary>
internal abstract class WindowTally
{
    /// <summary>The amount; not a number where there is none, and no bound holds.</summary>
    public abstract double Amount { get; }

    /// <summary>An event comes in.</summary>
    public abstract void Add(in Contribution added);

    /// <summary>The oldest event leaves.</summary>
    public abstract void Remove(in Contribution removed);

    /// <summary>The window is empty.</summary>
    public abstract void Clear();

    /// <summary>Whether it is what a temporal rule without bounds asks for.</summary>
    public virtual bool HoldsWithoutBounds => false;

    /// <summary>Whether it is what a rule asks for, and the amount that was compared.</summary>
    public bool Holds(CorrelationRule rule, out double amount)
    {
        amount = Amount;
        if (rule.Bounds.IsEmpty || rule.Expression is not null)
            return HoldsWithoutBounds;
        foreach (var bound in rule.Bounds)
        {
            if (double.IsNaN(amount) || !bound.Holds(amount))
                return false;
        }

        return true;
    }

    /// <summary>The tally that a rule needs.</summary>
    public static WindowTally Of(CorrelationRule rule) => rule.Type switch
    {
        CorrelationType.EventCount => new EventTally(),
        CorrelationType.ValueCount or CorrelationType.NewValue => new ValueTally(),
        CorrelationType.ValueSum => new SumTally(isAverage: false),
        CorrelationType.ValueAverage => new SumTally(isAverage: true),
        CorrelationType.ValuePercentile => new PercentileTally(rule.Percentile),
        CorrelationType.Temporal => new RuleTally(rule),
        CorrelationType.TemporalOrdered when rule.Expression is { } expression => new OrderedExpressionTally(rule, expression),
        CorrelationType.TemporalOrdered => new OrderTally(rule.Rules.Length),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Type, "no such correlation"),
    };
}
