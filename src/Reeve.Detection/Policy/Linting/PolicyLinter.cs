using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Linting;

/// <summary>Finds what is hardly meant as it is written: policies that the apiserver takes, and that record too little or too much.</summary>
internal static class PolicyLinter
{
    private static readonly Func<AuditPolicy, IEnumerable<PolicyProblem>>[] Checks =
    [
        LiteralStarCheck.Check, UnknownVerbCheck.Check, UnreachableRuleCheck.Check, NothingRecordedCheck.Check, SecretBodiesCheck.Check,
    ];

    /// <summary>What there is to say of a policy without errors.</summary>
    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy) => Checks.SelectMany(check => check(policy));
}
