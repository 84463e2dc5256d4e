using Reeve.Server.Sources;

namespace Reeve.Server.Ui.Sources;

/// <summary>Everything the Sources page shows of what delivers.</summary>
/// <param name="Clusters">The clusters with senders, what is in none last.</param>
/// <param name="Sources">The listeners and files of the configuration.</param>
public sealed record SourcesView(IReadOnlyList<ClusterGroup> Clusters, IReadOnlyList<SourceStatus> Sources)
{
    /// <summary>Nothing.</summary>
    public static SourcesView Nothing { get; } = new([], []);

    /// <summary>Whether anything ever arrived.</summary>
    public bool HasEvents => Clusters.Any(cluster => cluster.Rows.Any(row => row.Status.LastEvent is not null));

    /// <summary>How many senders need somebody to look at them.</summary>
    public int InTrouble => Clusters.Sum(cluster => cluster.Rows.Count(row => row.Condition >= SenderCondition.Trouble));

    /// <summary>The sources that do not run.</summary>
    public IEnumerable<SourceStatus> Failed => Sources.Where(source => source.State == SourceState.Failed);

    /// <summary>The view of a moment.</summary>
    internal static SourcesView Of(IReadOnlyList<SenderStatus> senders, IReadOnlyList<SourceStatus> sources, DateTimeOffset now)
    {
        var byName = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
        var groups = senders
            .Select(sender => SenderRow.Of(sender, byName.GetValueOrDefault(sender.Source), now))
            .GroupBy(row => row.Status.Cluster, StringComparer.Ordinal)
            .Select(group => new ClusterGroup(group.Key, [.. group]))
            .OrderBy(group => group.Name == ClusterMap.Unmapped)
            .ThenBy(group => group.Name, StringComparer.Ordinal);
        return new([.. groups], sources);
    }
}
