using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>A temporal correlation of one rule, which every match of it sets off.</summary>
internal sealed class SingleRuleOrderCheck : ICorrelationCheck
{
    public string Name => "temporal-of-one";

    public IEnumerable<LintRemark> Check(CorrelationRule rule, RuleSet rules) =>
        rule is { Type: CorrelationType.Temporal or CorrelationType.TemporalOrdered, Rules.Length: 1, Expression: null }
            ? [new LintRemark(rule.PlaceOf("rules"), "a temporal correlation of one rule fires whenever the rule matches; to count its matches write event_count")]
            : [];
}
