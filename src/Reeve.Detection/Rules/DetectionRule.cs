using System.Collections.Immutable;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Rules;

/// <summary>A rule that looks at one event at a time, in whatever words it was written. Immutable.</summary>
public sealed record DetectionRule : Rule
{
    /// <summary>For which log it is meant.</summary>
    public LogSource LogSource { get; init; } = LogSource.KubernetesAudit;

    /// <summary>When it matches, filters and exceptions applied.</summary>
    public required Condition Condition { get; init; }

    /// <summary>What is one alert.</summary>
    public AlertScope AlertPer { get; init; }

    /// <summary>What an alert shows besides what matched: Sigma's <c>fields</c>, the fields of Falco's output.</summary>
    public ImmutableArray<Field> Fields { get; init; } = [];

    /// <summary>The sentence of an alert, literal texts and fields in turn; empty where the rule brings none.</summary>
    public ImmutableArray<OutputPart> Output { get; init; } = [];
}
