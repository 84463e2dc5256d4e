using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Linting;

/// <summary>A rule to which an earlier one leaves nothing.</summary>
internal static class UnreachableRuleCheck
{
    // Every rule is held against every earlier one: beyond, a text could keep a server busy. No policy that people read has as many.
    private const int MostRules = 2_000;

    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy)
    {
        for (var later = 1; later < Math.Min(policy.Rules.Length, MostRules); later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (!policy.Rules[earlier].Covers(policy.Rules[later]))
                    continue;
                yield return new PolicyProblem($"rules[{later}]", $"rule {later + 1} never decides anything: rule {earlier + 1} is for all of its requests, and the first that matches decides. Put it before that one, or take it out");
                break;
            }
        }
    }
}
