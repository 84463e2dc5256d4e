namespace Reeve.Server.Sources.Clusters;

/// <summary>Every assignment at one moment. Immutable.</summary>
internal sealed class AssignmentTable
{
    private readonly ClusterAssignment[] _byPrecedence;

    public AssignmentTable(long version, IReadOnlyList<ClusterAssignment> all)
    {
        Version = version;
        All = all;
        _byPrecedence =
        [
            .. all.OrderByDescending(assignment => assignment.Match.Parts)
                .ThenByDescending(assignment => assignment.Match.Peer?.PrefixLength ?? 0)
                .ThenByDescending(assignment => assignment.Created)
                .ThenByDescending(assignment => assignment.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Another number for every change.</summary>
    public long Version { get; }

    /// <summary>Every assignment, the newest first.</summary>
    public IReadOnlyList<ClusterAssignment> All { get; }

    /// <summary>
    /// The cluster that was assigned to a sender, null where none was. Of several assignments the one that says most of
    /// the sender counts, then the one of the smaller network, then the newer one.
    /// </summary>
    public string? Find(string source, string host, Sender sender)
    {
        foreach (var assignment in _byPrecedence)
        {
            if (assignment.Match.Fits(source, host, sender))
                return assignment.Cluster;
        }

        return null;
    }
}
