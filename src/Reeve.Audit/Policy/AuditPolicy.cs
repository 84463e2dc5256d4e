using System.Collections.Immutable;

namespace Reeve.Audit.Policy;

/// <summary>
/// An audit policy (audit.k8s.io/v1, Policy), which decides as the apiserver's does (k8s.io/apiserver, pkg/audit/policy). Immutable.
/// </summary>
public sealed record AuditPolicy
{
    /// <summary>The rules; the first that matches decides.</summary>
    public ImmutableArray<PolicyRule> Rules { get; init; } = [];

    /// <summary>Stages that are not recorded of any request.</summary>
    public AuditStages OmitStages { get; init; }

    /// <summary>Whether <c>managedFields</c> are left out of bodies, unless a rule says otherwise.</summary>
    public bool OmitManagedFields { get; init; }

    /// <summary>Whether it names objects, so that traffic for it is told apart by names.</summary>
    public bool HasNames => Rules.Any(rule => rule.Resources.Any(resources => !resources.ResourceNames.IsEmpty));

    /// <summary>What is recorded of a request.</summary>
    public PolicyDecision Decide(PolicyRequest request)
    {
        for (var index = 0; index < Rules.Length; index++)
        {
            if (Rules[index].Matches(request))
                return Of(index);
        }

        return new PolicyDecision(AuditLevel.None, OmitStages, OmitManagedFields, PolicyDecision.NoRule);
    }

    /// <summary>What is recorded of requests that a rule decides.</summary>
    /// <param name="rule">Its index.</param>
    public PolicyDecision Of(int rule) => new(
        Rules[rule].Level, OmitStages | Rules[rule].OmitStages, Rules[rule].OmitManagedFields ?? OmitManagedFields, rule);
}

/// <summary>What an audit policy says of a request.</summary>
/// <param name="Level">How much is recorded.</param>
/// <param name="OmitStages">Stages that are not.</param>
/// <param name="OmitManagedFields">Whether <c>managedFields</c> are left out of bodies.</param>
/// <param name="Rule">The index of the rule that decided; <see cref="NoRule"/> where none matched.</param>
public readonly record struct PolicyDecision(AuditLevel Level, AuditStages OmitStages, bool OmitManagedFields, int Rule)
{
    /// <summary>No rule matched, and nothing is recorded.</summary>
    public const int NoRule = -1;

    /// <summary>The stages that are recorded; none at <see cref="AuditLevel.None"/>.</summary>
    public AuditStages Stages => Level == AuditLevel.None ? AuditStages.None : AuditStages.All & ~OmitStages;
}
