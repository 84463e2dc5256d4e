using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Coverage;

namespace Reeve.Server.Policies;

/// <summary>
/// Which policies are held against rules and traffic. Larger ones are read and checked, but no apiserver has one, and a text that was made for
/// it would keep the server busy for hours.
/// </summary>
internal static class PolicySize
{
    private const int MostRules = 1_000;

    // What it names makes so many kinds of resources, and of requests for each of them, that are looked at.
    private const long MostResources = 10_000;
    private const long MostKinds = 20_000;

    /// <summary>Why a policy is too large, in a sentence; null where it is not.</summary>
    public static string? Excess(AuditPolicy policy)
    {
        if (policy.Rules.Length > MostRules)
            return $"The policy has {policy.Rules.Length:N0} rules; at most {MostRules:N0} are looked at.";
        if (PolicyCoverage.ResourcesOf(policy) is > MostResources and var resources)
            return $"The policy names resources that are not Kubernetes' own in so many groups and with so many subresources that they make {resources:N0} kinds; at most {MostResources:N0} are looked at.";
        var callers = Count(policy.Rules.SelectMany(rule => rule.Users)) + Count(policy.Rules.SelectMany(rule => rule.UserGroups));
        var namespaces = Count(policy.Rules.SelectMany(rule => rule.Namespaces));
        var names = Count(policy.Rules.SelectMany(rule => rule.Resources).SelectMany(resources => resources.ResourceNames));
        return (callers + 1) * (namespaces + 1) * (names + 1) > MostKinds
            ? $"The policy names {callers:N0} users and groups, {namespaces:N0} namespaces and {names:N0} objects; these are too many together."
            : null;
    }

    private static long Count(IEnumerable<string> texts) => texts.Distinct(StringComparer.Ordinal).LongCount();
}
