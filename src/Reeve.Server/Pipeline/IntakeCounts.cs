using System.Runtime.InteropServices;
using Reeve.Audit;

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

    /// <summary>Events of which a part is missing.</summary>
    public int Truncated;

    /// <summary>Counts one event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        Events++;
        if (auditEvent.Integrity == Integrity.Unreadable)
            Unreadable++;
        else if (auditEvent.Integrity != Integrity.Whole)
            Truncated++;
    }
}
