using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Clusters;
using Reeve.Server.Sources.Senders;

namespace Reeve.Server.Sources;

/// <summary>
/// What every sender delivered since the server started, and in sum each source for each cluster. Thread-safe; adding
/// costs a lookup for each batch, a snapshot is made once for all who ask within a second in which nothing came.
/// </summary>
/// <remarks>
/// Senders choose their names, so there are <see cref="Most"/> of them and no more: what the others deliver is counted
/// under one name for their source and cluster. A sender that was quiet for a day makes room for a new one. The sums by source and
/// cluster need no such bound: only configuration, people and tokens make clusters.
/// </remarks>
/// <param name="time">The clock.</param>
/// <param name="assignments">What people assigned, so that a quiet sender too is shown where it belongs now; null for nothing.</param>
internal sealed class SenderRegistry(TimeProvider time, ClusterAssignments? assignments = null)
{
    /// <summary>The most senders that are told apart.</summary>
    public const int Most = 2_000;

    private static readonly TimeSpan Quiet = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly long _begun = time.GetTimestamp();
    private readonly Dictionary<SenderKey, SenderTally> _senders = [];
    private readonly Dictionary<(string Source, string Cluster), ClusterTally> _clusters = [];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private (IReadOnlyList<SenderStatus> Statuses, long Second, long Changes, long Version)? _snapshot;
    private long _changes;
    private long _mapped;
    private long _soughtQuiet = -1;
    private int _others;

    /// <summary>Adds one batch.</summary>
    public void Add(SourceIdentity identity, IntakeCounts counts, DateTime received)
    {
        lock (_gate)
        {
            var second = Second();
            Of(identity, second).Add(counts, received, second);
            if (!_clusters.TryGetValue((identity.Name, identity.Cluster), out var cluster))
                _clusters[(identity.Name, identity.Cluster)] = cluster = new(identity.Kind);
            cluster.Totals = cluster.Totals.With(counts, received);
            cluster.Rate.Add(second, counts.Events);
        }
    }

    /// <summary>Notes a trouble with what a sender delivers; its count goes on where the same was noted before.</summary>
    public void Note(SourceIdentity identity, string code, string message, string advice)
    {
        lock (_gate)
            Of(identity, Second()).Note(code, message, advice, time.GetUtcNow());
    }

    /// <summary>Every sender, ordered by cluster, host and source.</summary>
    public IReadOnlyList<SenderStatus> Snapshot()
    {
        lock (_gate)
        {
            var (second, table) = (Second(), assignments?.Table);
            if (_snapshot is { } kept && (kept.Second, kept.Changes, kept.Version) == (second, _changes, table?.Version ?? 0))
                return kept.Statuses;
            if (table is not null)
                MapAnew(table);
            IReadOnlyList<SenderStatus> statuses =
            [
                .. _senders.Values.Select(sender => sender.Status(second))
                    .OrderBy(sender => sender.Cluster, StringComparer.Ordinal)
                    .ThenBy(sender => sender.Host, StringComparer.Ordinal)
                    .ThenBy(sender => sender.Source, StringComparer.Ordinal)
                    .ThenBy(sender => sender.Id, StringComparer.Ordinal),
            ];
            _snapshot = (statuses, second, _changes, table?.Version ?? 0);
            return statuses;
        }
    }

    /// <summary>What each source delivered for each cluster.</summary>
    public IReadOnlyList<ClusterDelivery> Deliveries()
    {
        lock (_gate)
        {
            var second = Second();
            return [.. _clusters.Select(pair => new ClusterDelivery(
                pair.Key.Source, pair.Value.Kind, pair.Key.Cluster, pair.Value.Totals, pair.Value.Rate.Of(second)))];
        }
    }

    /// <summary>What one source delivered.</summary>
    public DeliveryTotals TotalsOf(string source)
    {
        lock (_gate)
            return _clusters.Where(pair => pair.Key.Source == source).Aggregate(DeliveryTotals.None, (sum, pair) => sum + pair.Value.Totals);
    }

    /// <summary>Forgets a sender; when it delivers again it is a new one. What it delivered stays in its source's sums.</summary>
    /// <returns>False when none has that id.</returns>
    public bool Forget(string id)
    {
        lock (_gate)
        {
            if (_senders.Values.FirstOrDefault(sender => sender.Id == id) is not { } sender)
                return false;
            Remove(sender);
            return true;
        }
    }

    /// <summary>Adds senders that were known before the start.</summary>
    public void Restore(IEnumerable<RememberedSender> remembered)
    {
        lock (_gate)
        {
            foreach (var sender in remembered.Take(Most))
                Of(sender.Identity, Second()).Restore(sender);
            _mapped = -1;
        }
    }

    /// <summary>What is to be kept over a restart and is not yet, and the ids of those that are to be kept no longer.</summary>
    public (IReadOnlyList<RememberedSender> Changed, IReadOnlyList<string> Gone) Unsaved()
    {
        lock (_gate)
            return ([.. _senders.Values.Select(sender => sender.Unsaved()).OfType<RememberedSender>()], [.. _gone]);
    }

    /// <summary>Notes that <see cref="Unsaved"/>'s answer was saved.</summary>
    public void Saved(IReadOnlyList<RememberedSender> changed, IReadOnlyList<string> gone)
    {
        lock (_gate)
        {
            foreach (var saved in changed)
            {
                if (_senders.TryGetValue(SenderKey.Of(saved.Identity), out var sender))
                    sender.Saved(saved);
            }

            _gone.ExceptWith(gone);
        }
    }

    private long Second() => (long)time.GetElapsedTime(_begun).TotalSeconds;

    private SenderTally Of(SourceIdentity identity, long second)
    {
        _changes++;
        var key = SenderKey.Of(identity);
        if (!_senders.TryGetValue(key, out var sender) && !HasRoom(second))
            key = SenderKey.OthersOf(identity);
        if (sender is null && !_senders.TryGetValue(key, out sender))
            sender = Create(key, identity);
        sender.BelongTo(identity.Cluster, identity.IsMapped, identity.IsAssignable);
        return sender;
    }

    private SenderTally Create(SenderKey key, SourceIdentity identity)
    {
        var sender = new SenderTally(key, identity.Kind);
        // The configuration may name a cluster now that people had to assign before the restart.
        if (!identity.IsAssignable && _senders.GetValueOrDefault(key with { Cluster = "" }) is { Totals.Events: 0 } before)
        {
            Remove(before);
            sender.Take(before);
        }

        _senders[key] = sender;
        _gone.Remove(sender.Id);
        _others += key.IsOthers ? 1 : 0;
        return sender;
    }

    // Looked for once in a second: who invents a name for every record must not make every record costly.
    private bool HasRoom(long second)
    {
        if (_senders.Count - _others < Most)
            return true;
        if (_soughtQuiet == second)
            return false;
        _soughtQuiet = second;
        var quietest = _senders.Values.Where(sender => !sender.Key.IsOthers).MinBy(sender => sender.LastEvent ?? DateTimeOffset.MinValue)!;
        if (time.GetUtcNow() - (quietest.LastEvent ?? DateTimeOffset.MinValue) < Quiet)
            return false;
        GiveUp(quietest);
        return true;
    }

    private void GiveUp(SenderTally sender)
    {
        Remove(sender);
        var status = sender.Status(0);
        var identity = new SourceIdentity(status.Source, status.Kind, status.Cluster, "", Audit.TrustedProxies.None) { IsMapped = status.IsMapped };
        var key = SenderKey.OthersOf(identity);
        if (!_senders.TryGetValue(key, out var others))
            others = Create(key, identity);
        others.BelongTo(identity.Cluster, identity.IsMapped, isAssignable: false);
        others.Take(sender);
    }

    private void Remove(SenderTally sender)
    {
        _changes++;
        _senders.Remove(sender.Key);
        _gone.Add(sender.Id);
        _others -= sender.Key.IsOthers ? 1 : 0;
    }

    private void MapAnew(AssignmentTable table)
    {
        if (_mapped == table.Version)
            return;
        _mapped = table.Version;
        foreach (var sender in _senders.Values.Where(sender => sender.IsAssignable))
        {
            var assigned = table.Find(sender.Key.Source, sender.Key.Host, sender.Key.Sender);
            sender.BelongTo(assigned ?? ClusterMap.Unmapped, assigned is not null, isAssignable: true);
        }
    }

    private sealed class ClusterTally(string kind)
    {
        public string Kind => kind;

        public RateWindow Rate { get; } = new();

        public DeliveryTotals Totals { get; set; } = DeliveryTotals.None;
    }
}
