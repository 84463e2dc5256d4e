using System.Collections.Immutable;

namespace Reeve.Audit.Policy.Traffic;

/// <summary>The policy that a log speaks of by what it holds, where nobody has the policy itself.</summary>
public static class ObservedPolicy
{
    /// <summary>
    /// A policy that records what the log holds and nothing else: of each kind of request the most that was seen of it. What nobody did
    /// looks like what was left out. What no policy can name is not in it.
    /// </summary>
    public static AuditPolicy Of(RecordedTraffic traffic)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        // Failed authentications have no other stage, and panics are too rare to be missed.
        var seen = traffic.Rows.Aggregate(AuditStages.Panic, (all, row) => all | row.Stage) & (AuditStages.Panic | AuditStages.ResponseStarted);
        var rules = traffic.Rows
            .Where(row => PolicyValidation.CanName(row.Request))
            .GroupBy(row => (row.Request.Verb, row.Request.IsResource, row.Request.ApiGroup, What: row.Request.IsResource ? row.Request.Written : row.Request.Path))
            .Select(rows => (rows.Key, Level: rows.Max(row => row.Level), Stages: rows.Aggregate(seen, (all, row) => all | row.Stage)))
            .GroupBy(each => (each.Key.Verb, each.Key.IsResource, each.Level, each.Stages))
            .Select(group => new PolicyRule
            {
                Level = group.Key.Level,
                Verbs = [group.Key.Verb],
                OmitStages = AuditStages.All & ~group.Key.Stages,
                Resources = group.Key.IsResource ? ResourcesOf(group.Select(each => (each.Key.ApiGroup, each.Key.What))) : [],
                NonResourceUrls = group.Key.IsResource ? [] : [.. group.Select(each => each.Key.What).Order(StringComparer.Ordinal)],
            });
        return new AuditPolicy { Rules = [.. rules] };
    }

    private static ImmutableArray<GroupResources> ResourcesOf(IEnumerable<(string Group, string Written)> resources) =>
    [
        .. resources.GroupBy(each => each.Group).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new GroupResources { Group = group.Key, Resources = [.. group.Select(each => each.Written).Order(StringComparer.Ordinal)] }),
    ];
}
