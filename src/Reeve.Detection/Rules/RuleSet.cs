using System.Collections.Immutable;

namespace Reeve.Detection.Rules;

/// <summary>Rules that run together. Ids are unique across both kinds. Immutable.</summary>
/// <param name="Detections">The rules over single events.</param>
/// <param name="Correlations">The rules over what those find; each after those it refers to.</param>
public sealed record RuleSet(ImmutableArray<DetectionRule> Detections, ImmutableArray<CorrelationRule> Correlations)
{
    /// <summary>No rules.</summary>
    public static RuleSet Empty { get; } = new([], []);

    /// <summary>Those that do not wait for a list.</summary>
    public RuleSet Awake => new([.. Detections.Where(rule => !rule.Sleeps)], [.. Correlations.Where(rule => !rule.Sleeps)]);

    /// <summary>The rules that a correlation refers to, in its order.</summary>
    public IEnumerable<Rule> PartsOf(CorrelationRule correlation)
    {
        ArgumentNullException.ThrowIfNull(correlation);
        return correlation.Rules.SelectMany(id => Detections.Concat<Rule>(Correlations).Where(rule => rule.Id == id));
    }
}
