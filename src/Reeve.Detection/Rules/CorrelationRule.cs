using System.Collections.Immutable;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Rules;

/// <summary>A rule over what other rules find within a time (Sigma correlation rules specification 2.1). Immutable.</summary>
public sealed record CorrelationRule : Rule
{
    /// <summary>What is counted or awaited.</summary>
    public required CorrelationType Type { get; init; }

    /// <summary>The rules it refers to, detection or correlation rules, by <c>Id</c>, in the rule's order.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    /// <summary>What must be equal: events with different values are counted apart.</summary>
    public ImmutableArray<CorrelationField> GroupBy { get; init; } = [];

    /// <summary>How far its events may lie apart.</summary>
    public required TimeSpan Timespan { get; init; }

    /// <summary>Of <see cref="CorrelationType.NewValue"/>, how long a group has to be known before what is new in it counts.</summary>
    public TimeSpan Learning { get; init; }

    /// <summary>The bounds that the count, sum, average or percentile has to keep, all of them.</summary>
    public ImmutableArray<CorrelationBound> Bounds { get; init; } = [];

    /// <summary>What is counted (distinct tuples), summed or averaged; empty for counts of events and for temporal ones.</summary>
    public ImmutableArray<CorrelationField> ValueFields { get; init; } = [];

    /// <summary>The percentile, 0 to 100, of <see cref="CorrelationType.ValuePercentile"/>.</summary>
    public double Percentile { get; init; }

    /// <summary>
    /// Of temporal rules, which of them must have matched, as written with <c>and</c>, <c>or</c>, <c>not</c>; null where
    /// <see cref="Bounds"/> say how many, all where there are none.
    /// </summary>
    public CorrelationExpression? Expression { get; init; }

    /// <summary>The fields it reads of the events that the rules match.</summary>
    public IEnumerable<Field> FieldsRead => GroupBy.Concat(ValueFields).SelectMany(read => read.ByRule.Values.Append(read.Default!)).OfType<Field>();
}
