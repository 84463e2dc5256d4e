using System.Collections.Immutable;
using Reeve.Audit.Findings;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Rules;

/// <summary>A rule over what other rules find within a time (Sigma correlation rules specification 2.1). Immutable.</summary>
public sealed record CorrelationRule
{
    /// <summary>Unique in its <see cref="RuleSet"/>: as the rule says, else made of its title.</summary>
    public required string Id { get; init; }

    /// <summary>What it detects, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>By which other correlations refer to it; empty without one.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it looks for, in the author's words.</summary>
    public string Description { get; init; } = "";

    /// <summary>How much an alert of it matters.</summary>
    public FindingLevel Level { get; init; }

    /// <summary>Its tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>What else sets it off, in the author's words.</summary>
    public ImmutableArray<string> FalsePositives { get; init; } = [];

    /// <summary>Where to read more.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public RulePlace Place { get; init; }

    /// <summary>What is counted or awaited.</summary>
    public required CorrelationType Type { get; init; }

    /// <summary>The rules it refers to, detection or correlation rules, by <c>Id</c>, in the rule's order.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    /// <summary>What must be equal: events with different values are counted apart.</summary>
    public ImmutableArray<CorrelationField> GroupBy { get; init; } = [];

    /// <summary>How far its events may lie apart.</summary>
    public required TimeSpan Timespan { get; init; }

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

    /// <summary>Whether it alerts on its own; otherwise it only feeds other correlations.</summary>
    public bool Alerts { get; init; } = true;
}
