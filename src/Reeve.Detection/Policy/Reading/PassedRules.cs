using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Reading;

/// <summary>The rules of a policy that come before the one that decides a request.</summary>
public static class PassedRules
{
    /// <summary>How many there are: all, where no rule decides.</summary>
    public static int Count(AuditPolicy policy, PolicyDecision decision)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return decision.Rule == PolicyDecision.NoRule ? policy.Rules.Length : decision.Rule;
    }

    /// <summary>Each with why it is not for the request; a sentence is made when it is asked for.</summary>
    public static IEnumerable<(int Rule, string Why)> Of(AuditPolicy policy, PolicyDecision decision, PolicyRequest request) =>
        Enumerable.Range(0, Count(policy, decision)).Select(rule => (rule, MismatchWords.Of(policy.Rules[rule], request)));
}
