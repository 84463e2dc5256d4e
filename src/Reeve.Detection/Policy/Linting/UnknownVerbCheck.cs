using Reeve.Audit.Fields;
using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Linting;

/// <summary>A verb that no request has.</summary>
internal static class UnknownVerbCheck
{
    private static readonly string[] Verbs = [.. RequestVerbs.OfResources.Append("proxy").Union(RequestVerbs.OfPaths)];

    // What people write, and what the request has instead.
    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["exec"] = "resources: [\"pods/exec\"], whose verb is get or create",
        ["attach"] = "resources: [\"pods/attach\"], whose verb is get or create",
        ["portforward"] = "resources: [\"pods/portforward\"], whose verb is get or create",
        ["replace"] = "update",
        ["apply"] = "patch",
        ["read"] = "get, list, watch",
        ["write"] = "create, update, patch, delete, deletecollection",
        ["impersonate"] = "nothing: it is asked of RBAC, and no request has it",
        ["bind"] = "nothing: it is asked of RBAC, and no request has it",
        ["escalate"] = "nothing: it is asked of RBAC, and no request has it",
    };

    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy) => policy.Rules.SelectMany((rule, index) => rule.Verbs
        .Select((verb, at) => (verb, at))
        .Where(each => !Verbs.Contains(each.verb, StringComparer.Ordinal) && !each.verb.Contains('*'))
        .Select(each => new PolicyProblem($"rules[{index}].verbs[{each.at}]", $"no request has the verb {PolicyProblem.Quote(each.verb)}{Instead(each.verb)}")));

    private static string Instead(string verb) =>
        (Meant.GetValueOrDefault(verb) ?? NearestName.Find(verb, Verbs)) is { } meant ? $"; write {meant}" : $"; verbs are {string.Join(", ", Verbs)}";
}
