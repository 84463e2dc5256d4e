using System.Text.RegularExpressions;

namespace Reeve.Audit.Policy;

/// <summary>For what the apiserver refuses an audit policy and does not start (k8s.io/apiserver, pkg/apis/audit/validation and policy/reader.go).</summary>
public static partial class PolicyValidation
{
    private const int LongestGroup = 253;

    /// <summary>Everything that is wrong, in the policy's order; levels and stages are right in what could be read.</summary>
    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Rules.IsEmpty
            ? [new PolicyProblem("rules", "the policy has no rules; the apiserver does not start with it")]
            : policy.Rules.SelectMany((rule, index) => Check(rule, $"rules[{index}]"));
    }

    /// <summary>Whether a policy can name just this request: clients may ask for what no policy can say, or what means more there.</summary>
    public static bool CanName(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.IsResource
            ? IsGroup(request.ApiGroup) && !request.Written.Contains('*', StringComparison.Ordinal)
            : request.Path.StartsWith('/') && !request.Path.Contains('*', StringComparison.Ordinal);
    }

    private static bool IsGroup(string group) => group.Length == 0 || (group.Length <= LongestGroup && Subdomain.IsMatch(group));

    private static IEnumerable<PolicyProblem> Check(PolicyRule rule, string path) =>
        rule.Resources.SelectMany((resources, index) => Check(resources, $"{path}.resources[{index}]"))
            .Concat(rule.NonResourceUrls.SelectMany((url, index) => Check(url, $"{path}.nonResourceURLs[{index}]")))
            .Concat(rule is { NonResourceUrls.IsEmpty: false } and ({ Resources.IsEmpty: false } or { Namespaces.IsEmpty: false })
                ? [new PolicyProblem($"{path}.nonResourceURLs", "a rule is for resources and namespaces or for nonResourceURLs, not for both; make two rules of it")]
                : []);

    private static IEnumerable<PolicyProblem> Check(GroupResources resources, string path)
    {
        if (resources.Group != "*" && !IsGroup(resources.Group))
            yield return new PolicyProblem($"{path}.group", $"{PolicyProblem.Quote(resources.Group)} is no API group; write it in small letters and without a version, like rbac.authorization.k8s.io");
        if (resources is { ResourceNames.IsEmpty: false, Resources.IsEmpty: true })
            yield return new PolicyProblem($"{path}.resourceNames", "resourceNames needs resources: name the resources whose objects these are");
    }

    private static IEnumerable<PolicyProblem> Check(string url, string path)
    {
        if (url == "*")
            yield break;
        if (!url.StartsWith('/'))
            yield return new PolicyProblem(path, $"{PolicyProblem.Quote(url)} does not begin with /");
        else if (url.AsSpan(0, url.Length - 1).Contains('*'))
            yield return new PolicyProblem(path, $"{PolicyProblem.Quote(url)} has a * before its end; only the last character can be one");
    }

    // RFC 1123, a subdomain.
    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain { get; }
}
