using System.Collections.Immutable;
using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Suggestion;

/// <summary>A policy while it is made: rules with what they are for. Not thread-safe.</summary>
internal sealed class DraftPolicy
{
    private readonly List<(PolicyRule Rule, string Comment)> _rules = [];
    private int _first;

    /// <summary>How many rules there are.</summary>
    public int Count => _rules.Count;

    /// <summary>Whether managed fields are left out.</summary>
    public bool OmitManagedFields { get; set; }

    /// <summary>The policy so far.</summary>
    public AuditPolicy Policy => new() { Rules = [.. _rules.Select(each => each.Rule)], OmitManagedFields = OmitManagedFields };

    /// <summary>Adds a rule at the end, unless an earlier one leaves nothing to it.</summary>
    public void Add(PolicyRule rule, string comment)
    {
        if (!_rules.Exists(each => each.Rule.Covers(rule)))
            _rules.Add((rule, comment));
    }

    /// <summary>Adds a rule at the beginning, behind those that were added so.</summary>
    public void AddFirst(PolicyRule rule, string comment) => _rules.Insert(_first++, (rule, comment));

    /// <summary>Changes a rule, where the policy is all right with the change.</summary>
    public void TryChange(int index, Func<PolicyRule, PolicyRule> change, Func<AuditPolicy, bool> isAllowed)
    {
        var before = _rules[index];
        _rules[index] = before with { Rule = change(before.Rule) };
        if (!isAllowed(Policy))
            _rules[index] = before;
    }

    /// <summary>The policy; a stage that every rule omits, it omits by itself.</summary>
    public (AuditPolicy Policy, ImmutableDictionary<int, string> Comments) Finish()
    {
        var policy = Policy;
        var common = policy.Rules.Where(rule => rule.Level != AuditLevel.None).Aggregate(AuditStages.All, (all, rule) => all & rule.OmitStages);
        return (
            policy with { OmitStages = common, Rules = [.. policy.Rules.Select(rule => rule with { OmitStages = rule.OmitStages & ~common })] },
            _rules.Select((each, index) => KeyValuePair.Create(index, each.Comment)).ToImmutableDictionary());
    }
}
