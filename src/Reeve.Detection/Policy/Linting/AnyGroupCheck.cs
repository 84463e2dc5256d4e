using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Linting;

/// <summary>A star for every API group, with which older apiservers do not start (k8s.io/apiserver, pkg/apis/audit/validation).</summary>
internal static class AnyGroupCheck
{
    private const string Any = "*";

    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy) => policy.Rules.SelectMany((rule, index) => rule.Resources
        .Select((resources, at) => (resources, at))
        .Where(each => each.resources.Group == Any)
        .Select(each => new PolicyProblem(
            $"rules[{index}].resources[{each.at}].group",
            $"group '*' is every API group to newer apiservers, and older ones do not start with it. {(Instead(rule, each.resources))}")));

    private static string Instead(PolicyRule rule, GroupResources resources) =>
        resources.Resources.IsEmpty && rule.Resources.Length == 1 ? "To mean all resources, leave 'resources' of the rule out" : "Name the groups, an entry each";
}
