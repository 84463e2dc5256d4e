using Reeve.Detection.Conditions;

namespace Reeve.Detection.Rules;

/// <summary>A bound of a count or value.</summary>
public sealed record CorrelationBound(Comparison Comparison, double Value)
{
    /// <summary>Whether a value keeps it.</summary>
    public bool Holds(double value) => Comparison.Holds(value.CompareTo(Value));
}
