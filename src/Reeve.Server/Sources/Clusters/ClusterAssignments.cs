using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Reeve.Server.State;

namespace Reeve.Server.Sources.Clusters;

/// <summary>
/// What people said on the pages about which cluster a sender belongs to. It is on the disk when <see cref="Add"/> and
/// <see cref="Remove"/> return, and holds for the next record of every source. Thread-safe.
/// </summary>
/// <remarks>
/// Events that are stored already keep the cluster they were stored under. The cluster is part of what makes two events
/// the same and two stages one request: an event of before that is delivered again after a change is a new one, and a
/// request that was under way has a row under both clusters.
/// </remarks>
internal sealed partial class ClusterAssignments
{
    /// <summary>The most assignments: each is looked at for every new sender. More belong into <c>reeve.yaml</c>, as patterns.</summary>
    public const int Most = 1_000;

    private const string Columns = "SELECT id, cluster, source, host, tag, san, peer, created, created_by FROM cluster_assignment";

    private readonly StateDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger<ClusterAssignments> _log;
    private readonly Lock _changing = new();
    private volatile AssignmentTable _table;

    public ClusterAssignments(StateDatabase database, TimeProvider time, ILogger<ClusterAssignments> log)
    {
        (_database, _time, _log) = (database, time, log);
        _table = new(version: 0, Load());
    }

    /// <summary>Changes with every assignment that is added or removed.</summary>
    public long Version => _table.Version;

    /// <summary>Every assignment now.</summary>
    public AssignmentTable Table => _table;

    /// <summary>Every assignment, the newest first.</summary>
    public IReadOnlyList<ClusterAssignment> List() => _table.All;

    /// <summary>Assigns senders to a cluster; an assignment of the same senders is replaced.</summary>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="match">Whose events; at least one part is set.</param>
    /// <param name="by">Who says so.</param>
    /// <returns>The assignment, or why there is none, a sentence for people.</returns>
    public (ClusterAssignment? Added, string? Problem) Add(string cluster, AssignmentMatch match, string by)
    {
        if (Check(cluster, match) is { } problem)
            return (null, problem);
        ClusterAssignment added;
        lock (_changing)
        {
            if (_table.All.Count >= Most && !_table.All.Any(known => known.Match == match))
                return (null, $"There are {Most} assignments already; write patterns into 'clusters' of reeve.yaml and remove what they make needless.");
            var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
            added = new($"c{Guid.CreateVersion7(now):N}", cluster, match, now, by);
            _database.Write(connection =>
            {
                connection.Execute(
                    "DELETE FROM cluster_assignment WHERE source = $source AND host = $host AND tag = $tag AND san = $san AND peer = $peer",
                    ("$source", match.Source), ("$host", match.Host), ("$tag", match.Tag), ("$san", match.San), ("$peer", PeerText(match)));
                connection.Execute(
                    """
                    INSERT INTO cluster_assignment (id, cluster, source, host, tag, san, peer, created, created_by)
                    VALUES ($id, $cluster, $source, $host, $tag, $san, $peer, $created, $by)
                    """,
                    ("$id", added.Id), ("$cluster", cluster), ("$source", match.Source), ("$host", match.Host), ("$tag", match.Tag),
                    ("$san", match.San), ("$peer", PeerText(match)), ("$created", now.ToUnixTimeMilliseconds()), ("$by", by));
            });
            Reload();
        }

        LogAdded(by, cluster, added.Id, match.Source, match.Host, match.Tag, match.San, PeerText(match));
        return (added, null);
    }

    /// <summary>Takes an assignment back: the next record of its senders is mapped without it.</summary>
    /// <param name="id">The assignment's id.</param>
    /// <param name="by">Who takes it back.</param>
    /// <returns>False when none has that id.</returns>
    public bool Remove(string id, string by)
    {
        string? cluster;
        lock (_changing)
        {
            cluster = _table.All.FirstOrDefault(known => known.Id == id)?.Cluster;
            if (cluster is null)
                return false;
            _database.Write(connection => connection.Execute("DELETE FROM cluster_assignment WHERE id = $id", ("$id", id)));
            Reload();
        }

        LogRemoved(by, id, cluster);
        return true;
    }

    // What stands here is written to the log, where a line break would forge a line.
    private static string? Check(string cluster, AssignmentMatch match)
    {
        if (!ClusterName.IsValid(cluster))
            return $"A cluster's name is {ClusterName.Form}.";
        if (match.Parts == 0)
            return "Say whose events: one of source, host, tag, san and peer at least.";
        if (match.Texts.Any(text => text.Length > AssignmentMatch.MaxLength))
            return $"Source, host, tag and san have {AssignmentMatch.MaxLength} characters at most.";
        return match.Texts.Any(text => text.Any(char.IsControl))
            ? "Source, host, tag and san have no control characters; a sender that has some in its name can be assigned by its address."
            : null;
    }

    private void Reload() => _table = new(_table.Version + 1, Load());

    private List<ClusterAssignment> Load() =>
        _database.Read(connection => connection.Query($"{Columns} ORDER BY created DESC, id DESC", Read));

    private static ClusterAssignment Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        new()
        {
            Source = row.GetString(2),
            Host = row.GetString(3),
            Tag = row.GetString(4),
            San = row.GetString(5),
            Peer = row.GetString(6) is { Length: > 0 } peer ? IPNetwork.Parse(peer) : null,
        },
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        row.GetString(8));

    private static string PeerText(AssignmentMatch match) => match.Peer?.ToString() ?? "";

    [LoggerMessage(1130, LogLevel.Information, "{User} assigned to the cluster {Cluster} ({Id}): source '{Source}', host '{Host}', tag '{Tag}', certificate '{San}', address '{Peer}'")]
    private partial void LogAdded(string user, string cluster, string id, string source, string host, string tag, string san, string peer);

    [LoggerMessage(1131, LogLevel.Information, "{User} removed the assignment {Id} to the cluster {Cluster}")]
    private partial void LogRemoved(string user, string id, string cluster);
}
