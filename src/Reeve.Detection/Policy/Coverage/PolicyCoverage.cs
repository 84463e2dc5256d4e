using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>
/// What of detection rules an audit policy lets see, found by holding their conditions against its rules, not by trying events. A rule that
/// matches an event that the policy records is never blind. What it cannot know counts as possible: the users of a group that has no
/// name of its own, and resources that are not Kubernetes' own. Not thread-safe.
/// </summary>
public sealed class PolicyCoverage
{
    private readonly ConditionSight _sight;

    /// <summary>Prepares it for one policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="ct">Ends whatever is asked of it.</param>
    public PolicyCoverage(AuditPolicy policy, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _sight = new ConditionSight(policy, ct);
    }

    /// <summary>How many kinds of resources are told apart under a policy; the time it takes to look at rules grows with it.</summary>
    public static long ResourcesOf(AuditPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new RequestSpace(policy, CancellationToken.None).Resources;
    }

    /// <summary>Each rule that alerts by itself and waits for no list, with what it can see.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="least">The level from which on a rule is looked at.</param>
    public IEnumerable<RuleCoverage> Of(RuleSet rules, FindingLevel least = FindingLevel.Informational)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Detections.Concat<Rule>(rules.Correlations)
            .Where(rule => rule is { Alerts: true, Sleeps: false } && rule.Level >= least && rule is not DetectionRule { LogSource.IsAuditLog: false })
            .Select(rule => new RuleCoverage(rule, Of(rule, rules, []).Summary));
    }

    /// <summary>What the policy shows of the requests that a condition can match.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="wanted">The level at which requests show all that is asked of them; null for that at which the condition sees all it looks for.</param>
    public Sight Of(Condition condition, Func<PolicyRequest, AuditLevel>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return _sight.Of(condition, [], wanted).Summary;
    }

    private RequestSight Of(Rule rule, RuleSet rules, IReadOnlyList<Field> fields)
    {
        if (rule is DetectionRule detection)
            return _sight.Of(detection.Condition, fields);
        var correlation = (CorrelationRule)rule;
        var parts = rules.PartsOf(correlation).DistinctBy(part => part.Id).ToDictionary(part => part.Id, part => Of(part, rules, [.. fields, .. FieldsOf(correlation, part)]), StringComparer.Ordinal);
        return RequestSight.Joined(parts.Values, CanFire(correlation, parts));
    }

    // Whether it can fire by the parts that can.
    private static bool CanFire(CorrelationRule rule, Dictionary<string, RequestSight> parts)
    {
        var seeing = parts.Count(part => part.Value.Visibility != Visibility.Blind);
        if (rule.Type is not (CorrelationType.Temporal or CorrelationType.TemporalOrdered))
            return seeing > 0;
        return rule.Expression is { } expression ? CanHold(expression, parts)
            : rule.Bounds.IsEmpty ? seeing == parts.Count
            : Enumerable.Range(1, seeing).Any(count => rule.Bounds.All(bound => bound.Holds(count)));
    }

    private static bool CanHold(CorrelationExpression expression, Dictionary<string, RequestSight> parts) => expression switch
    {
        CorrelationExpression.Rule rule => parts[rule.Id].Visibility != Visibility.Blind,
        CorrelationExpression.And and => CanHold(and.Left, parts) && CanHold(and.Right, parts),
        CorrelationExpression.Or or => CanHold(or.Left, parts) || CanHold(or.Right, parts),
        // What must not match need not be seen for it to fire.
        CorrelationExpression.Not => true,
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "no such expression"),
    };

    private static IEnumerable<Field> FieldsOf(CorrelationRule correlation, Rule part) =>
        correlation.GroupBy.Concat(correlation.ValueFields).Select(field => field.For(part.Id)).OfType<Field>();
}

/// <summary>What a rule can see under an audit policy.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Sight">What of its requests is there.</param>
public sealed record RuleCoverage(Rule Rule, Sight Sight);
