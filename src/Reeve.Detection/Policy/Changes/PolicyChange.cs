using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Coverage;

namespace Reeve.Detection.Policy.Changes;

/// <summary>The smallest change of an audit policy that lets a rule see what it loses. It takes nothing away from anybody. Immutable.</summary>
/// <param name="Insertions">Rules to put in, in the order of their places.</param>
/// <param name="Stages">Stages that the policy as a whole omits and must not; its other rules omit them by themselves then.</param>
/// <param name="Changed">The policy with the change.</param>
public sealed record PolicyChange(ImmutableArray<PolicyInsertion> Insertions, AuditStages Stages, AuditPolicy Changed)
{
    /// <summary>The indices of the rules that are put in, in <see cref="Changed"/>.</summary>
    public IEnumerable<int> InsertedAt => Insertions.Select((insertion, earlier) => insertion.Before + earlier);

    /// <summary>The change that makes up for losses; null where there are none.</summary>
    public static PolicyChange? For(AuditPolicy policy, IReadOnlyCollection<Loss> losses)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Count == 0)
            return null;
        var stages = losses.Aggregate(AuditStages.None, (all, loss) => all | NeededOf(loss)) & policy.OmitStages;
        var bare = policy with { OmitStages = policy.OmitStages & ~stages, Rules = [.. policy.Rules.Select(rule => rule with { OmitStages = rule.OmitStages | stages })] };
        var insertions = losses
            .GroupBy(loss => loss.PolicyRule == PolicyDecision.NoRule ? policy.Rules.Length : loss.PolicyRule)
            .OrderBy(group => group.Key)
            .SelectMany(group => Rules(bare, group.Key, group).Select(rule => new PolicyInsertion(group.Key, rule)))
            .ToImmutableArray();
        return new PolicyChange(insertions, stages, bare with { Rules = Inserted(bare.Rules, insertions) });
    }

    // Before the rule that decides, where only what reaches that rule meets them.
    private static IEnumerable<PolicyRule> Rules(AuditPolicy policy, int before, IEnumerable<Loss> losses)
    {
        var deciding = before < policy.Rules.Length ? policy.Rules[before] : new PolicyRule();
        return losses
            .GroupBy(loss => OmittedOf(loss, deciding))
            .SelectMany(group => LossRules.Of(group.Select(loss => loss with { Level = deciding.Level > loss.Level ? deciding.Level : loss.Level }))
                .Select(rule => Within(rule, deciding) with { OmitStages = group.Key & ~policy.OmitStages, OmitManagedFields = deciding.OmitManagedFields }))
            .OrderBy(rule => rule.OmitStages)
            .ThenByDescending(rule => rule.Level);
    }

    // What the deciding rule is not for, a later one may record better.
    private static PolicyRule Within(PolicyRule rule, PolicyRule deciding) => rule with
    {
        Verbs = deciding.Verbs.IsEmpty ? rule.Verbs : rule.Verbs.IsEmpty ? deciding.Verbs : [.. rule.Verbs.Intersect(deciding.Verbs, StringComparer.Ordinal)],
        Users = rule.Users.IsEmpty && rule.UserGroups.IsEmpty ? deciding.Users : rule.Users,
        UserGroups = rule.Users.IsEmpty && rule.UserGroups.IsEmpty ? deciding.UserGroups : rule.UserGroups,
        Namespaces = rule.Namespaces.IsEmpty && rule.NonResourceUrls.IsEmpty ? deciding.Namespaces : rule.Namespaces,
        Resources = rule.Resources.IsEmpty && rule.NonResourceUrls.IsEmpty && !deciding.Resources.IsEmpty ? deciding.Resources : rule.Resources,
    };

    private static AuditStages OmittedOf(Loss loss, PolicyRule deciding) => loss.Kind switch
    {
        LossKind.Requests => loss.Stages.HasFlag(AuditStages.RequestReceived) ? AuditStages.None : AuditStages.RequestReceived,
        _ => deciding.OmitStages & ~NeededOf(loss),
    };

    // One stage is enough, and the last tells most.
    private static AuditStages NeededOf(Loss loss) =>
        loss.Stages.HasFlag(AuditStages.ResponseComplete) ? AuditStages.ResponseComplete : loss.Stages.Each().LastOrDefault();

    private static ImmutableArray<PolicyRule> Inserted(ImmutableArray<PolicyRule> rules, ImmutableArray<PolicyInsertion> insertions) =>
    [
        .. Enumerable.Range(0, rules.Length + 1).SelectMany(index => insertions.Where(insertion => insertion.Before == index).Select(insertion => insertion.Rule)
            .Concat(index < rules.Length ? [rules[index]] : [])),
    ];
}

/// <summary>A rule to put into a policy.</summary>
/// <param name="Before">The index of the rule to put it before; the number of rules for the end.</param>
/// <param name="Rule">The rule.</param>
public sealed record PolicyInsertion(int Before, PolicyRule Rule);
