using System.Runtime.InteropServices;
using Reeve.Audit;
using Reeve.Server.Sources;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Pipeline;

/// <summary>What one submitted batch held.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct IntakeCounts
{
    /// <summary>Bytes received, before reading.</summary>
    public long Bytes;

    /// <summary>Events and unreadable records, duplicates included.</summary>
    public int Events;

    /// <summary>Those received before.</summary>
    public int Duplicates;

    /// <summary>Records no event could be read from.</summary>
    public int Unreadable;

    /// <summary>Records of other logs that travel with the audit log.</summary>
    public int Others;

    /// <summary>Events of which a part is missing.</summary>
    public int Truncated;

    /// <summary>
    /// How long the last event that is new and names its time was on its way; null where none is. The last and not the
    /// longest: one that was held back would hide that its sender has caught up.
    /// </summary>
    public TimeSpan? Lag;

    /// <summary>Counts one event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        Events++;
        if (auditEvent.Marks.HasFlag(EventMarks.OtherLog))
            Others++;
        else if (auditEvent.Integrity == Integrity.Unreadable)
            Unreadable++;
        else if (auditEvent.Integrity != Integrity.Whole)
            Truncated++;
    }

    /// <summary>Adds these counts to the metrics of a source.</summary>
    public readonly void AddTo(ReeveMetrics metrics, SourceIdentity source)
    {
        metrics.EventsReceived(source.Name, source.Cluster, Events);
        metrics.BytesReceived(source.Name, source.Cluster, Bytes);
        metrics.DuplicatesDropped(source.Name, source.Cluster, Duplicates);
        metrics.Unreadable(source.Name, source.Cluster, Unreadable);
        metrics.OtherLogs(source.Name, source.Cluster, Others);
        metrics.Salvaged(source.Name, source.Cluster, Truncated);
    }
}
