using System.Collections.Immutable;

namespace Reeve.Detection.Rules;

/// <summary>
/// What a rule asks for as a hash, equal in every process: two correlations with equal fingerprints count the same events in the
/// same way. Titles, levels and whatever else only alerts show are not in it.
/// </summary>
internal sealed class RuleFingerprint(RuleSet rules)
{
    private readonly Dictionary<string, DetectionRule> _detections = rules.Detections.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, CorrelationRule> _correlations = rules.Correlations.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>Of a correlation of the set, with the rules it refers to: 64 hexadecimal digits.</summary>
    public string Of(CorrelationRule rule)
    {
        if (_known.TryGetValue(rule.Id, out var known))
            return known;
        var text = new CanonicalText();
        text.Add("correlation", (int)rule.Type, rule.Timespan.Ticks, rule.Learning.Ticks, rule.Percentile, rule.Rules.Length);
        foreach (var id in rule.Rules)
            text.Add(id, OfRule(id));
        AddFields(text, rule.GroupBy);
        AddFields(text, rule.ValueFields);
        text.Add(rule.Bounds.Length);
        foreach (var bound in rule.Bounds)
            text.Add((int)bound.Comparison, bound.Value);
        Add(text, rule.Expression);
        return _known[rule.Id] = text.Hash();
    }

    private string OfRule(string id)
    {
        if (_correlations.TryGetValue(id, out var correlation))
            return Of(correlation);
        if (_known.TryGetValue(id, out var known) || !_detections.TryGetValue(id, out var detection))
            return known ?? "";
        var text = new CanonicalText();
        text.Add("detection");
        text.Add(detection.Condition);
        return _known[id] = text.Hash();
    }

    private static void AddFields(CanonicalText text, ImmutableArray<CorrelationField> fields)
    {
        text.Add(fields.Length);
        foreach (var field in fields)
        {
            text.Add(field.Name, field.ByRule.Count);
            text.Add(field.Default);
            foreach (var (id, own) in field.ByRule.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                text.Add(id);
                text.Add(own);
            }
        }
    }

    private static void Add(CanonicalText text, CorrelationExpression? expression)
    {
        switch (expression)
        {
            case null: text.Add("none"); break;
            case CorrelationExpression.Rule rule: text.Add("rule", rule.Id); break;
            case CorrelationExpression.And and: text.Add("and"); Add(text, and.Left); Add(text, and.Right); break;
            case CorrelationExpression.Or or: text.Add("or"); Add(text, or.Left); Add(text, or.Right); break;
            case CorrelationExpression.Not not: text.Add("not"); Add(text, not.Inner); break;
            default: throw new ArgumentOutOfRangeException(nameof(expression), expression, "no such expression");
        }
    }
}
