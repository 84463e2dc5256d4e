using Reeve.Server.Configuration;
using Reeve.Server.Sources.Senders;

namespace Reeve.Server.Sources.Clusters;

/// <summary>Every cluster there is, from configuration, assignments and what came. Thread-safe.</summary>
internal sealed class ClusterList(ReeveConfiguration configuration, ClusterAssignments assignments, SenderRegistry senders)
{
    /// <summary>Every cluster, ordered by name.</summary>
    public IReadOnlyList<ClusterStatus> Snapshot()
    {
        var configured = configuration.Clusters.Select(cluster => cluster.Name)
            .Concat(configuration.Sources.Select(source => source.Cluster).OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        var assigned = assignments.List().Select(assignment => assignment.Cluster);
        var now = senders.Snapshot().ToLookup(sender => sender.Cluster, StringComparer.Ordinal);
        var delivered = senders.Deliveries().ToLookup(delivery => delivery.Cluster, StringComparer.Ordinal);
        return
        [
            .. configured.Concat(assigned).Concat(now.Select(cluster => cluster.Key)).Concat(delivered.Select(cluster => cluster.Key))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => Of(name, Origin(name, configured, now[name], delivered[name]), now[name], delivered[name])),
        ];
    }

    private static ClusterStatus Of(string name, ClusterOrigin origin, IEnumerable<SenderStatus> senders, IEnumerable<ClusterDelivery> deliveries)
    {
        var totals = deliveries.Aggregate(DeliveryTotals.None, (sum, delivery) => sum + delivery.Totals);
        return new(
            name,
            origin,
            [.. senders.Select(sender => sender.Host).Where(host => host.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            senders.Count(),
            totals.Events,
            deliveries.Sum(delivery => delivery.EventsPerSecond),
            totals.LastEvent ?? senders.Max(sender => sender.LastEvent),
            totals.Lag);
    }

    private ClusterOrigin Origin(
        string name, HashSet<string> configured, IEnumerable<SenderStatus> senders, IEnumerable<ClusterDelivery> deliveries)
    {
        if (configured.Contains(name))
            return ClusterOrigin.Configuration;
        if (assignments.List().Any(assignment => assignment.Cluster == name))
            return ClusterOrigin.Assignment;
        if (name == ClusterMap.Unmapped)
            return ClusterOrigin.Unmapped;
        // Nothing names it now; what came for it came by an assignment that was removed, unless its senders name it.
        return senders.Any(sender => sender is { IsAssignable: false, IsOthers: false }) || deliveries.All(delivery => delivery.Kind == "webhook")
            ? ClusterOrigin.Webhook
            : ClusterOrigin.Assignment;
    }
}
