using System.Text.Unicode;

namespace Reeve.Audit.Reading;

/// <summary>Reads events again that were read and scrubbed before. Not thread-safe.</summary>
public sealed class EventRestorer
{
    private readonly EventParser _parser;

    /// <summary>Creates a restorer.</summary>
    public EventRestorer()
        : this(new EventParser())
    {
    }

    /// <summary>Creates a restorer that shares the parser of a reader.</summary>
    internal EventRestorer(EventParser parser) => _parser = parser;

    /// <summary>
    /// Reads the bytes of <see cref="AuditEvent.Raw"/> again, as the journal kept them: the same fields, nothing is
    /// scrubbed. Integrity and marks are those the bytes still show; what was journalled beside them counts.
    /// </summary>
    public void Restore(ReadOnlyMemory<byte> scrubbedRaw, AuditEvent into)
    {
        ArgumentNullException.ThrowIfNull(into);
        (into.Envelope, into.SentAt, into.Cause) = ("", null, null);
        var validUtf8 = Utf8.IsValid(scrubbedRaw.Span);
        var parsed = _parser.Parse(scrubbedRaw, validUtf8, into);
        if (parsed.Shape != RecordShape.Event)
            into.Reset(scrubbedRaw);
        into.Integrity = Judge(parsed, scrubbedRaw.Span, into);
        if (parsed.Shape != RecordShape.Event && RecordRest.TryRead(scrubbedRaw.Span, out var times))
        {
            into.Integrity = Integrity.Fragment;
            _parser.ParseTimes(scrubbedRaw, times, into);
        }

        if (!validUtf8)
            into.Marks |= EventMarks.InvalidUtf8;
    }

    private static Integrity Judge(ParsedRecord parsed, ReadOnlySpan<byte> raw, AuditEvent auditEvent)
    {
        var tail = default(RecordTail);
        if ((parsed.Cut || parsed.Shape != RecordShape.Event) && RecordTail.TryRead(raw, out tail))
            auditEvent.CutBytes = tail.Bytes;
        if (parsed.Shape != RecordShape.Event)
            return Integrity.Unreadable;
        if (!parsed.Cut)
            return auditEvent.Integrity;
        return tail.Bytes > 0 ? Integrity.TruncatedByReeve : Integrity.TruncatedBySender;
    }
}
