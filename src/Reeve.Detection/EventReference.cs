namespace Reeve.Detection;

/// <summary>Which event it was, kept after the event itself is gone. Immutable.</summary>
/// <param name="Sequence">Its number in the journal; of a scan, how many events came before it.</param>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="RequestKey">Equal on all stages of a request; 0 for events that are a request each.</param>
/// <param name="AuditId"><c>auditID</c>; may be empty.</param>
/// <param name="Stage"><c>stage</c>; may be empty.</param>
/// <param name="File">The file it stands in; empty where it came another way.</param>
/// <param name="Line">1-based; 0 where unknown.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Actor">Who it counts for.</param>
/// <param name="Object">What it was about: <c>resource[/subresource] namespace/name</c>, or the path of a request without an object.</param>
public sealed record EventReference(
    ulong Sequence, DateTime Time, UInt128 RequestKey, string AuditId, string Stage, string File, long Line, string Cluster, string Actor, string Object);
