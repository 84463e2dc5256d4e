using System.Collections.Immutable;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>Which correlations refer to which rules. Immutable.</summary>
internal sealed class RuleUses
{
    private readonly ImmutableArray<RuleUse>[] _byDetection;
    private readonly ImmutableArray<RuleUse>[] _byCorrelation;

    public RuleUses(RuleSet rules)
    {
        var uses = rules.Correlations.SelectMany(UsesIn).ToLookup(use => use.RuleId, StringComparer.Ordinal);
        _byDetection = [.. rules.Detections.Select(rule => uses[rule.Id].ToImmutableArray())];
        _byCorrelation = [.. rules.Correlations.Select(rule => uses[rule.Id].ToImmutableArray())];
    }

    /// <summary>Those that refer to a detection rule, in the order of the set.</summary>
    public ImmutableArray<RuleUse> OfDetection(int index) => _byDetection[index];

    /// <summary>Those that refer to a correlation, in the order of the set.</summary>
    public ImmutableArray<RuleUse> OfCorrelation(int index) => _byCorrelation[index];

    /// <summary>Adds what an event is to correlations, by correlation; of one, the later rules first, so that one event is never two steps of an order.</summary>
    public void Collect(IReadOnlyList<int> matched, List<RuleUse> uses)
    {
        foreach (var detection in matched)
            uses.AddRange(_byDetection[detection]);
        if (matched.Count > 1)
            uses.Sort(static (left, right) => left.Correlation != right.Correlation ? left.Correlation - right.Correlation : right.Place - left.Place);
    }

    // Named twice, a rule is two steps of an order; otherwise it is itself.
    private static IEnumerable<RuleUse> UsesIn(CorrelationRule rule, int correlation)
    {
        var uses = rule.Rules.Select((id, place) => new RuleUse(correlation, place, id)).Reverse();
        return rule.Type == CorrelationType.TemporalOrdered ? uses : uses.Where(use => rule.Rules.IndexOf(use.RuleId) == use.Place);
    }
}

/// <summary>A correlation refers to a rule.</summary>
/// <param name="Correlation">Which correlation, by its place in the set.</param>
/// <param name="Place">The rule's place in the correlation.</param>
/// <param name="RuleId">The rule.</param>
internal readonly record struct RuleUse(int Correlation, int Place, string RuleId);
