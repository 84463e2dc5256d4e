using System.Runtime.InteropServices;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources;

/// <summary>What every sender delivered since the server started. Thread-safe.</summary>
internal sealed class SenderRegistry(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SourceIdentity, SenderStatus> _senders = [];

    /// <summary>Adds one batch.</summary>
    public void Add(SourceIdentity identity, IntakeCounts counts, DateTime received)
    {
        lock (_gate)
        {
            ref var status = ref Of(identity);
            status = status with
            {
                Events = status.Events + counts.Events,
                Duplicates = status.Duplicates + counts.Duplicates,
                Unreadable = status.Unreadable + counts.Unreadable,
                Cut = status.Cut + counts.Truncated,
                LastEvent = new DateTimeOffset(received),
            };
        }
    }

    /// <summary>Notes a trouble with what a sender delivers; its count goes on where the same was noted before.</summary>
    public void Note(SourceIdentity identity, string code, string message, string advice)
    {
        lock (_gate)
        {
            ref var status = ref Of(identity);
            var before = status.Troubles.FirstOrDefault(trouble => trouble.Code == code)?.Count ?? 0;
            status = status with
            {
                Troubles = [new(code, message, advice, before + 1, time.GetUtcNow()), .. status.Troubles.Where(trouble => trouble.Code != code)],
            };
        }
    }

    /// <summary>Every sender, ordered by cluster, host and source.</summary>
    public IReadOnlyList<SenderStatus> Snapshot()
    {
        lock (_gate)
            return [.. _senders.Values.OrderBy(sender => sender.Cluster, StringComparer.Ordinal).ThenBy(sender => sender.Host, StringComparer.Ordinal).ThenBy(sender => sender.Source, StringComparer.Ordinal)];
    }

    private ref SenderStatus Of(SourceIdentity identity)
    {
        ref var status = ref CollectionsMarshal.GetValueRefOrAddDefault(_senders, identity, out _);
        status ??= new(
            identity.Name, identity.Kind, identity.Cluster, identity.IsMapped, identity.Host, identity.Sender, 0, 0, 0, 0, 0, null, null, []);
        return ref status!;
    }
}
