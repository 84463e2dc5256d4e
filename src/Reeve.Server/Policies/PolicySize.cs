using Reeve.Audit.Policy;

namespace Reeve.Server.Policies;

/// <summary>
/// Which policies are held against rules and traffic. Larger ones are read and checked, but no apiserver has one, and a text that was made for
/// it would keep the server busy for hours.
/// </summary>
internal static class PolicySize
{
    private const int MostRules = 1_000;

    // What it names makes so many kinds of requests, each of which is looked at.
    private const long MostKinds = 20_000;

    /// <summary>Why a policy is too large, in a sentence; null where it is not.</summary>
    public static string? Excess(AuditPolicy policy)
    {
        if (policy.Rules.Length > MostRules)
            return $"The policy has {policy.Rules.Length:N0} rules; at most {MostRules:N0} are looked at.";
        var callers = policy.Rules.Sum(rule => (long)rule.Users.Length + rule.UserGroups.Length);
        var namespaces = policy.Rules.Sum(rule => (long)rule.Namespaces.Length);
        var names = policy.Rules.SelectMany(rule => rule.Resources).Sum(resources => (long)resources.ResourceNames.Length);
        return (callers + 1) * (namespaces + 1) * (names + 1) > MostKinds
            ? $"The policy names {callers:N0} users and groups, {namespaces:N0} namespaces and {names:N0} objects; these are too many together."
            : null;
    }
}
