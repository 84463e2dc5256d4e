using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Linting;

/// <summary>Finds what is hardly meant as it is written: policies that the apiserver takes, and that record too little or too much.</summary>
internal static class PolicyLinter
{
    private static readonly Func<AuditPolicy, CancellationToken, IEnumerable<PolicyProblem>>[] Checks =
    [
        (policy, _) => SecretBodiesCheck.Check(policy),
        (policy, _) => NothingRecordedCheck.Check(policy),
        (policy, _) => AnyGroupCheck.Check(policy),
        (policy, _) => LiteralStarCheck.Check(policy),
        (policy, _) => UnknownVerbCheck.Check(policy),
        UnreachableRuleCheck.Check,
    ];

    /// <summary>What there is to say of a policy without errors, what matters most first.</summary>
    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy, CancellationToken ct) => Checks.SelectMany(check => check(policy, ct));
}
