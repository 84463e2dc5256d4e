using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Coverage;

namespace Reeve.Detection.Policy.Changes;

/// <summary>The smallest change of an audit policy that lets a rule see what it loses. Immutable.</summary>
/// <param name="Inserted">Rules to put in, in their order.</param>
/// <param name="Before">The index of the rule to put them before; the number of rules for the end.</param>
/// <param name="Stages">Stages that the policy as a whole omits and must not; its other rules omit them by themselves then.</param>
/// <param name="Changed">The policy with the change.</param>
public sealed record PolicyChange(ImmutableArray<PolicyRule> Inserted, int Before, AuditStages Stages, AuditPolicy Changed)
{
    /// <summary>The change that makes up for losses; null where there are none.</summary>
    public static PolicyChange? For(AuditPolicy policy, IReadOnlyCollection<Loss> losses)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Count == 0)
            return null;
        var inserted = LossRules.Of(losses);
        var before = losses.Min(loss => loss.PolicyRule == PolicyDecision.NoRule ? policy.Rules.Length : loss.PolicyRule);
        var stages = losses.Aggregate(AuditStages.None, (all, loss) => all | NeededOf(loss)) & policy.OmitStages;
        var others = policy.Rules.Select(rule => rule with { OmitStages = rule.OmitStages | stages });
        return new PolicyChange(inserted, before, stages, policy with
        {
            OmitStages = policy.OmitStages & ~stages,
            Rules = [.. others.Take(before), .. inserted, .. others.Skip(before)],
        });
    }

    // One stage is enough, and the last tells most.
    private static AuditStages NeededOf(Loss loss) =>
        loss.Stages.HasFlag(AuditStages.ResponseComplete) ? AuditStages.ResponseComplete : loss.Stages.Each().LastOrDefault();
}
