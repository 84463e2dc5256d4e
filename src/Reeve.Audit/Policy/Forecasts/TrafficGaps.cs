using Reeve.Audit.Policy.Traffic;

namespace Reeve.Audit.Policy.Forecasts;

/// <summary>What every cluster has and a log does not: its own policy left it out, so that no forecast can count it.</summary>
public static class TrafficGaps
{
    private static readonly (string What, Func<TrafficRow, bool> IsIt)[] Everywhere =
    [
        ("reads (get, list, watch)", row => row.Request.Verb is "get" or "list" or "watch"),
        ("requests of kubelets (group system:nodes)", row => row.Request.Groups.Contains("system:nodes")),
        ("requests of kube-scheduler", row => row.Request.User == "system:kube-scheduler"),
        ("requests of controllers (system:kube-controller-manager and service accounts of kube-system)",
            row => row.Request.User is { } user && (user == "system:kube-controller-manager" || user.StartsWith("system:serviceaccount:kube-system:", StringComparison.Ordinal))),
        ("leases", row => row.Request.Resource == "leases"),
        ("events of the cluster", row => row.Request.Resource == "events"),
        ("requests for no resource, like health checks", row => !row.Request.IsResource),
        ("the stage RequestReceived", row => row.Stage == AuditStages.RequestReceived),
        ("the stage ResponseStarted", row => row.Stage == AuditStages.ResponseStarted),
    ];

    /// <summary>What is missing, each as a noun for a sentence.</summary>
    public static IEnumerable<string> Of(RecordedTraffic traffic)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        return Everywhere.Where(each => !traffic.Rows.Any(each.IsIt)).Select(each => each.What);
    }
}
