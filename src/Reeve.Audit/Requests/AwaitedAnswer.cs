namespace Reeve.Audit.Requests;

/// <summary>Which events announce another one.</summary>
public static class AwaitedAnswer
{
    /// <summary>
    /// Whether a later stage of the request has to follow within minutes: a RequestReceived of no long-running request. Without an auditID
    /// no other stage could be known as its own, and of a request that was cut nothing tells its key.
    /// </summary>
    public static bool Follows(AuditEvent auditEvent, EventContext context)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        ArgumentNullException.ThrowIfNull(context);
        return context.Integrity is Integrity.Whole or Integrity.TruncatedByApiserver
            && !context.Marks.HasFlag(EventMarks.TimeApproximate)
            && auditEvent[EventField.Stage].SequenceEqual("RequestReceived"u8)
            && !auditEvent[EventField.AuditId].IsEmpty
            && !auditEvent.IsLongRunning;
    }
}
