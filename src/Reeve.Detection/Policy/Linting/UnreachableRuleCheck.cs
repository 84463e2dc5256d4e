using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Linting;

/// <summary>A rule to which an earlier one leaves nothing.</summary>
internal static class UnreachableRuleCheck
{
    // Every rule is held against every earlier one, name by name: beyond, a text could keep a server busy. No policy that people read takes as many.
    private const long MostComparisons = 20_000_000;

    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy, CancellationToken ct)
    {
        var left = MostComparisons;
        for (var later = 1; later < policy.Rules.Length; later++)
        {
            ct.ThrowIfCancellationRequested();
            for (var earlier = 0; earlier < later; earlier++)
            {
                if ((left -= Comparisons(policy.Rules[earlier], policy.Rules[later])) < 0)
                    yield break;
                if (!policy.Rules[earlier].Covers(policy.Rules[later]))
                    continue;
                yield return new PolicyProblem($"rules[{later}]", $"rule {later + 1} never decides anything: rule {earlier + 1} is for all of its requests, and the first that matches decides. Put it before that one, or take it out");
                break;
            }
        }
    }

    // The most that it can take; mostly the first name decides.
    private static long Comparisons(PolicyRule earlier, PolicyRule later) =>
        4 + ((long)earlier.Users.Length * later.Users.Length) + ((long)earlier.UserGroups.Length * later.UserGroups.Length)
        + ((long)earlier.Verbs.Length * later.Verbs.Length) + ((long)earlier.Namespaces.Length * later.Namespaces.Length)
        + ((long)earlier.NonResourceUrls.Length * later.NonResourceUrls.Length) + (Names(earlier) * Names(later));

    private static long Names(PolicyRule rule) => rule.Resources.Sum(resources => 1L + resources.Resources.Length + resources.ResourceNames.Length);
}
