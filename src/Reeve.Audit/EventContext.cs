using System.Net;
using System.Runtime.InteropServices;

namespace Reeve.Audit;

/// <summary>
/// What the pipeline knows about an event beside its own JSON: where it came from, when, and what was decided once at
/// receipt. It is journalled with the event, so that store, detection and replay see the same values for ever.
/// </summary>
public sealed record EventContext
{
    /// <summary>When the record's bytes arrived, UTC, to the microsecond.</summary>
    public required DateTime Received { get; init; }

    /// <summary>The event's own time, UTC; the time of receipt where it names none (see <see cref="EventMarks"/>).</summary>
    public required DateTime Time { get; init; }

    /// <summary>The day the event is stored under: the date of <see cref="Time"/> unless that is out of range.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The retention class chosen at receipt; 0 is the default.</summary>
    public byte Retention { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>Which apiserver or node reported it; empty where unknown.</summary>
    public string Host { get; init; } = "";

    /// <summary>The position in the source after the record: a file's path and byte offset. Empty for sources without one.</summary>
    public RecordOrigin Origin { get; init; }

    /// <summary>The trusted client address; <see cref="IPAddress.IPv6None"/> where there is none.</summary>
    public IPAddress Ip { get; init; } = IPAddress.IPv6None;

    /// <summary>What the envelopes said that the event came in: one JSON object with <c>form</c>, scrubbed; empty without one.</summary>
    public string Envelope { get; init; } = "";

    /// <summary>The code of what is likely to have cut it, see <see cref="Salvage.CutCauses"/>; empty where nobody can tell.</summary>
    public string Cause { get; init; } = "";

    /// <summary>How much of the event arrived.</summary>
    public Integrity Integrity { get; init; }

    /// <summary>Remarks of the pipeline.</summary>
    public EventMarks Marks { get; init; }

    /// <summary>Whether this row stands for its request in the requests view.</summary>
    public bool Primary { get; init; }

    /// <summary>Equal on all stages of one request.</summary>
    public UInt128 RequestKey { get; init; }

    /// <summary>Equal on byte-identical deliveries of one event; zero for events that are never duplicates.</summary>
    public UInt128 Fingerprint { get; init; }
}

/// <summary>Where in a source a record ended, so that reading can go on from what the journal holds.</summary>
/// <param name="Stream">Identifies the file: an id of the source's own, 0 where the source has no position.</param>
/// <param name="End">The byte offset after the record, counted in uncompressed bytes.</param>
/// <param name="Line">The 1-based number of the record's line; 0 where there are no lines.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RecordOrigin(long Stream, long End, long Line);
