using System.Collections.Immutable;
using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Linting;

/// <summary>A star where it stands for nothing but itself.</summary>
internal static class LiteralStarCheck
{
    public static IEnumerable<PolicyProblem> Check(AuditPolicy policy) => policy.Rules.SelectMany((rule, index) =>
        In($"rules[{index}].users", rule.Users)
            .Concat(In($"rules[{index}].userGroups", rule.UserGroups))
            .Concat(In($"rules[{index}].verbs", rule.Verbs))
            .Concat(In($"rules[{index}].namespaces", rule.Namespaces)));

    private static IEnumerable<PolicyProblem> In(string path, ImmutableArray<string> texts) => texts
        .Select((text, index) => (text, index))
        .Where(each => each.text.Contains('*'))
        .Select(each => new PolicyProblem($"{path}[{each.index}]", $"{PolicyProblem.Quote(each.text)} is taken literally: only resources, groups and nonResourceURLs have wildcards. To mean all, leave {path[(path.LastIndexOf('.') + 1)..]} out"));
}
