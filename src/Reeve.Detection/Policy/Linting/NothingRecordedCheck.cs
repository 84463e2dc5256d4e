using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Linting;

/// <summary>A policy that keeps no event.</summary>
internal static class NothingRecordedCheck
{
    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy) => Enumerable.Range(0, policy.Rules.Length).All(rule => policy.Of(rule).Stages == AuditStages.None)
        ? [new PolicyProblem("rules", "nothing is ever recorded: every rule has level None or omits all stages. End with a rule like: - level: Metadata")]
        : [];
}
