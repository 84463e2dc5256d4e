using Reeve.Server.Sources;

namespace Reeve.Server.Ui.Sources;

/// <summary>The senders of one cluster.</summary>
/// <param name="Name">The cluster.</param>
/// <param name="Rows">Its senders, the hosts in their order.</param>
public sealed record ClusterGroup(string Name, IReadOnlyList<SenderRow> Rows)
{
    /// <summary>Whether nobody said which cluster these belong to.</summary>
    public bool IsUnmapped => Name == ClusterMap.Unmapped && Rows.All(row => !row.Status.IsMapped);

    /// <summary>"3 hosts, 12 events/s".</summary>
    public string Summary
    {
        get
        {
            var hosts = Rows.Select(row => row.Status.Host).Where(host => host.Length > 0).Distinct(StringComparer.Ordinal).Count();
            var rate = Rows.Sum(row => row.Status.EventsPerSecond);
            var who = hosts > 0 ? $"{hosts:N0} {(hosts == 1 ? "host" : "hosts")}" : $"{Rows.Count:N0} {(Rows.Count == 1 ? "sender" : "senders")}";
            return rate > 0 ? $"{who}, {(rate < 10 ? $"{rate:0.0}" : $"{rate:N0}")} events/s" : who;
        }
    }
}
