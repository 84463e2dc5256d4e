using Reeve.Audit.Policy;

namespace Reeve.Audit.Tests.Policy;

/// <summary>
/// What an audit policy decides, told once more in another way: by all the ways in which a policy may write a request, from the
/// reference of audit.k8s.io/v1 and what was measured of it.
/// </summary>
internal static class NaivePolicy
{
    public static int Deciding(AuditPolicy policy, PolicyRequest request)
    {
        var rule = 0;
        foreach (var each in policy.Rules)
        {
            if (IsFor(each, request))
                return rule;
            rule++;
        }

        return -1;
    }

    private static bool IsFor(PolicyRule rule, PolicyRequest request)
    {
        if (rule.Users.Length > 0 && !rule.Users.Any(user => user == request.User))
            return false;
        if (rule.UserGroups.Length > 0 && (request.User == null || !rule.UserGroups.Intersect(request.Groups).Any()))
            return false;
        if (rule.Verbs.Length > 0 && !rule.Verbs.Any(verb => verb == request.Verb))
            return false;
        var namesResources = rule.Resources.Length + rule.Namespaces.Length > 0;
        if (!namesResources && rule.NonResourceUrls.Length == 0)
            return true;
        if (namesResources != request.IsResource)
            return false;
        return namesResources
            ? (rule.Namespaces.Length == 0 || rule.Namespaces.Any(name => name == request.Namespace)) && (rule.Resources.Length == 0 || rule.Resources.Any(each => Names(each, request)))
            : rule.NonResourceUrls.Any(url => Prefixes(request.Path).Contains(url));
    }

    private static bool Names(GroupResources resources, PolicyRequest request)
    {
        if (!new[] { request.ApiGroup, "*" }.Contains(resources.Group))
            return false;
        if (resources.Resources.Length == 0)
            return true;
        var written = new List<string> { "*", request.Resource + "/*" };
        if (request.Subresource == "")
            written.Add(request.Resource);
        else
            written.AddRange([request.Resource + "/" + request.Subresource, "*/" + request.Subresource]);
        return resources.Resources.Any(written.Contains) && (resources.ResourceNames.Length == 0 || resources.ResourceNames.Contains(request.Name));
    }

    // The path itself, and every beginning of it with stars behind.
    private static IEnumerable<string> Prefixes(string path) =>
        Enumerable.Range(0, path.Length + 1).SelectMany(length => new[] { path[..length] + "*", path[..length] + "**" }).Append(path);
}
