using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Traffic;

namespace Reeve.Detection.Policy.Suggestion;

/// <summary>What is asked of every apiserver again and again by Kubernetes itself, and hardly ever tells anything.</summary>
internal static class NoiseCandidates
{
    private const int MostUsers = 12;

    private static readonly ImmutableArray<string> Reads = ["get", "list", "watch"];

    private static readonly ImmutableArray<string> HealthPaths = ["/healthz*", "/livez*", "/readyz*"];

    /// <summary>What is written again and again, and whose bodies hardly anybody looks into.</summary>
    public static IEnumerable<(string What, PolicyRule Rule)> WithoutBodies { get; } =
    [
        ("Status that is reported again and again: who reported it, without the body.", new PolicyRule { Level = AuditLevel.Metadata, Resources = [.. ApiResources.All.Where(each => each.Subresource == "status").Select(each => each.Group).Distinct(StringComparer.Ordinal).Select(group => new GroupResources { Group = group, Resources = ["*/status"] })] }),
        ("Events of the cluster: who wrote them, without the body.", new PolicyRule
        {
            Level = AuditLevel.Metadata, Resources = [new() { Resources = ["events"] }, new() { Group = "events.k8s.io", Resources = ["events"] }],
        }),
        ("Leases: who holds them, without the body.", new PolicyRule { Level = AuditLevel.Metadata, Resources = [new() { Group = "coordination.k8s.io", Resources = ["leases"] }] }),
        ("Endpoints: who wrote them, without the body.", new PolicyRule
        {
            Level = AuditLevel.Metadata, Resources = [new() { Resources = ["endpoints"] }, new() { Group = "discovery.k8s.io", Resources = ["endpointslices"] }],
        }),
    ];

    /// <summary>The rules that would leave it out, each with what it is; only what is in the traffic.</summary>
    public static IEnumerable<(string What, PolicyRule Rule)> Of(RecordedTraffic traffic)
    {
        var components = Users(traffic, row => true);
        yield return ("health checks", new PolicyRule { NonResourceUrls = HealthPaths });
        foreach (var (what, group, resource) in new[] { ("leases", "coordination.k8s.io", "leases"), ("events of the core group", "", "events"), ("events of events.k8s.io", "events.k8s.io", "events") })
        {
            var rule = new PolicyRule { Resources = [new GroupResources { Group = group, Resources = [resource] }] };
            yield return ($"{what} that Kubernetes itself writes", rule with { Users = Users(traffic, row => rule.Matches(row.Request)) });
        }

        yield return ("what kubelets read", new PolicyRule { UserGroups = ["system:nodes"], Verbs = Reads });
        yield return ("what kubelets report of their nodes and pods", new PolicyRule
        {
            UserGroups = ["system:nodes"], Verbs = ["update", "patch"], Resources = [new GroupResources { Resources = ["nodes/status", "pods/status"] }],
        });
        foreach (var user in components)
            yield return ($"what {user} reads", new PolicyRule { Users = [user], Verbs = Reads });
    }

    // Kubernetes' own, those first that send most.
    private static ImmutableArray<string> Users(RecordedTraffic traffic, Func<TrafficRow, bool> isMeant) =>
    [
        .. traffic.Rows.Where(row => row.Request.User is { } user && IsComponent(user) && isMeant(row))
            .GroupBy(row => row.Request.User!)
            .OrderByDescending(rows => rows.Sum(row => row.Bytes))
            .Select(rows => rows.Key)
            .Take(MostUsers),
    ];

    private static bool IsComponent(string user) =>
        user is "system:kube-controller-manager" or "system:kube-scheduler" or "system:apiserver" or "system:kube-proxy"
        || user.StartsWith("system:serviceaccount:kube-system:", StringComparison.Ordinal);
}
