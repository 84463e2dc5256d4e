using System.Collections.Immutable;
using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>Losses as sentences for people.</summary>
public static class LossWords
{
    private const int MostTargets = 4;

    /// <summary>What is lost, by which rule of the policy, and what is missing: one line.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="namesRule">Whether rules are named; nobody has seen those of a policy that was told from a log.</param>
    public static string Of(Loss loss, AuditPolicy policy, bool namesRule = true)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(policy);
        var level = loss.PolicyRule == PolicyDecision.NoRule ? AuditLevel.None : policy.Rules[loss.PolicyRule].Level;
        var rule = !namesRule ? "" : loss.PolicyRule == PolicyDecision.NoRule ? " (no rule is for them)" : $" (rule {loss.PolicyRule + 1})";
        var what = $"{Targets(loss.Targets)}{Callers(loss.Callers)}{Namespaces(loss.Namespaces)}{Names(loss.Names)}";
        return loss.Kind switch
        {
            LossKind.Requests => $"{what}: not recorded{rule}",
            LossKind.Stages => $"{what}: not at {string.Join(" or ", loss.Stages.Each())}{rule}",
            LossKind.Bodies => $"{what}: at {level}{rule}, which lacks the body it looks into; it needs {loss.Level}",
            _ => $"{what}: at {level}{rule}, where it sees some of it; all of it shows at {loss.Level}",
        };
    }

    private static string Targets(ImmutableArray<LostTarget> targets)
    {
        var byVerbs = targets.GroupBy(target => string.Join(' ', target.Verbs)).OrderByDescending(group => group.Count()).ToList();
        var told = byVerbs.Take(MostTargets).Select(group => $"{Verbs(group.First())} {Resources([.. group])}");
        return string.Join("; ", told) + (byVerbs.Count > MostTargets ? "; and more" : "");
    }

    private static string Verbs(LostTarget target) =>
        target.Verbs.Length >= (target.IsResource ? RequestVerbs.OfResources : RequestVerbs.OfPaths).Length ? "all requests for" : $"{string.Join(", ", target.Verbs)} of";

    private static string Resources(IReadOnlyList<LostTarget> targets)
    {
        var named = targets.Where(target => target.Resource is not null).Select(target => target.Resource!).Distinct(StringComparer.Ordinal).ToList();
        var others = targets.Any(target => target.Resource is null);
        if (named.Count == 0)
            return targets[0].IsResource ? "resources of others" : "any path";
        var words = string.Join(", ", named.Take(MostTargets));
        var left = named.Count - MostTargets;
        return left > 0 ? $"{words} and {left} more" : others ? $"{words} and others" : words;
    }

    private static string Callers(ImmutableArray<LostCaller> callers) => callers.IsEmpty ? ""
        : $" by {string.Join(", ", callers.Take(MostTargets).Select(caller => caller.IsGroup ? $"members of {caller.Name}" : caller.Name))}{(callers.Length > MostTargets ? $" and {callers.Length - MostTargets} more" : "")}";

    private static string Namespaces(ImmutableArray<string> namespaces) => namespaces.IsEmpty ? ""
        : $" in {string.Join(", ", namespaces.Select(space => space.Length == 0 ? "no namespace" : space))}";

    private static string Names(ImmutableArray<string> names) => names.IsEmpty ? "" : $" named {string.Join(", ", names)}";
}
