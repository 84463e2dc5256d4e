namespace Reeve.Audit.Reading;

/// <summary>Takes the events of a record, one at a time.</summary>
public interface IEventSink
{
    /// <summary>Takes one event. Its spans are valid only during the call.</summary>
    void Accept(AuditEvent auditEvent);
}
