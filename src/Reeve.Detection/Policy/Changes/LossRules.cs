using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Coverage;

namespace Reeve.Detection.Policy.Changes;

/// <summary>The rules of a policy that record just what was lost.</summary>
internal static class LossRules
{
    // Of more different ones there are fewer rules by verb.
    private const int MostByVerbs = 3;

    /// <summary>The rules, those that record most first, so that none hides another.</summary>
    public static ImmutableArray<PolicyRule> Of(IEnumerable<Loss> losses)
    {
        var rules = losses
            .GroupBy(loss => (loss.Level, Callers: string.Join('\n', loss.Callers), Namespaces: string.Join('\n', loss.Namespaces), Names: string.Join('\n', loss.Names)))
            .SelectMany(group => group.First().Callers.IsEmpty
                ? Targets(group).Select(rule => Of(group.First(), rule))
                : Targets(group).SelectMany(rule => ByCallers(Of(group.First(), rule), group.First().Callers)))
            .OrderByDescending(rule => rule.Level)
            .ToList();
        return [.. rules.Where((rule, index) => !rules.Take(index).Any(earlier => earlier.Covers(rule)))];
    }

    private static PolicyRule Of(Loss loss, PolicyRule rule) => rule with
    {
        Level = loss.Level,
        Namespaces = rule.NonResourceUrls.IsEmpty ? loss.Namespaces : [],
        Resources = loss.Names.IsEmpty ? rule.Resources : [.. rule.Resources.Select(resources => resources with { ResourceNames = resources.Resources.IsEmpty ? [] : loss.Names })],
    };

    // Users and groups in one rule would have to be both.
    private static IEnumerable<PolicyRule> ByCallers(PolicyRule rule, ImmutableArray<LostCaller> callers)
    {
        var users = callers.Where(caller => !caller.IsGroup).Select(caller => caller.Name).ToImmutableArray();
        var groups = callers.Where(caller => caller.IsGroup).Select(caller => caller.Name).ToImmutableArray();
        if (!users.IsEmpty)
            yield return rule with { Users = users };
        if (!groups.IsEmpty)
            yield return rule with { UserGroups = groups };
    }

    private static IEnumerable<PolicyRule> Targets(IEnumerable<Loss> losses)
    {
        var targets = losses.SelectMany(loss => loss.Targets)
            .GroupBy(target => (target.IsResource, target.Group, target.Resource))
            .Select(same => new LostTarget(same.Key.Group, same.Key.Resource, same.Key.IsResource, InOrder(same.SelectMany(target => target.Verbs))))
            .ToList();
        foreach (var kind in targets.GroupBy(target => target.IsResource))
        {
            var byVerbs = kind.GroupBy(VerbsOf).ToList();
            if (byVerbs.Count <= MostByVerbs)
            {
                foreach (var group in byVerbs)
                    yield return Rule(kind.Key, [.. group], group.First().Verbs, hasAllVerbs: group.Key.Length == 0);
            }
            else
            {
                foreach (var verbs in VerbsWithSameTargets(kind))
                    yield return Rule(kind.Key, [.. kind.Where(target => target.Verbs.Contains(verbs[0]))], verbs, hasAllVerbs: false);
            }
        }
    }

    private static IEnumerable<ImmutableArray<string>> VerbsWithSameTargets(IEnumerable<LostTarget> targets) => InOrder(targets.SelectMany(target => target.Verbs))
        .GroupBy(verb => string.Join('\n', targets.Where(target => target.Verbs.Contains(verb)).Select(target => $"{target.Group}:{target.Resource}").Order(StringComparer.Ordinal)))
        .Select(same => same.ToImmutableArray());

    private static PolicyRule Rule(bool isResource, IReadOnlyList<LostTarget> targets, ImmutableArray<string> verbs, bool hasAllVerbs)
    {
        var rule = new PolicyRule { Verbs = hasAllVerbs ? [] : verbs };
        return isResource
            ? rule with { Resources = Resources(targets) }
            : rule with { NonResourceUrls = targets.Any(target => target.Resource is null) ? ["*"] : [.. targets.Select(target => target.Resource + "*").Distinct(StringComparer.Ordinal)] };
    }

    // Older apiservers do not start with a star for a group: what may be in any is written without resources.
    private static ImmutableArray<GroupResources> Resources(IReadOnlyList<LostTarget> targets) => targets.Any(target => target.Group is null)
        ? []
        : [.. targets.GroupBy(target => target.Group!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new GroupResources
        {
            Group = group.Key,
            Resources = group.Any(target => target.Resource is null) ? [] : [.. group.Select(target => target.Resource!).Order(StringComparer.Ordinal)],
        })];

    // Empty where these are all the verbs that requests for it can have.
    private static string VerbsOf(LostTarget target) => HasAll(target) ? "" : string.Join(' ', target.Verbs);

    private static bool HasAll(LostTarget target)
    {
        if (!target.IsResource)
            return RequestVerbs.OfPaths.All(target.Verbs.Contains);
        var known = target.Resource is null ? null : ApiResources.Named(target.Resource.Split('/')[0]).FirstOrDefault(each => each.Group == target.Group && each.Written == target.Resource);
        return (known?.Verbs ?? RequestVerbs.OfResources).All(target.Verbs.Contains);
    }

    private static ImmutableArray<string> InOrder(IEnumerable<string> verbs) =>
        [.. verbs.Distinct(StringComparer.Ordinal).OrderBy(verb => (uint)RequestVerbs.OfResources.IndexOf(verb)).ThenBy(verb => verb, StringComparer.Ordinal)];
}
