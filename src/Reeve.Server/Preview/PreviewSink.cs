using System.Text;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Server.Preview;

/// <summary>Keeps the first events and counts all. Not thread-safe.</summary>
/// <param name="received">The time of receipt.</param>
/// <param name="horizon">How old an event may be to be stored under its own day.</param>
internal sealed class PreviewSink(DateTime received, TimeSpan horizon) : IEventSink
{
    private readonly List<PreviewedEvent> _events = [];
    private readonly Dictionary<UInt128, int> _numbers = [];
    private readonly HashSet<UInt128> _requests = [];
    private PastedRecord _record;
    private string _host = "";
    private string _tag = "";
    private int _total;
    private int _unreadable;
    private int _others;
    private int _cut;
    private int _duplicates;

    /// <summary>How the record came, as far as its line says.</summary>
    public RecordDelivery Delivery { get; private set; }

    /// <summary>Says which record the events that follow are of.</summary>
    /// <returns>What of the record is to be read: all of it, without the header of a syslog line.</returns>
    public ReadOnlyMemory<byte> Begin(PastedRecord record)
    {
        (_record, _host, _tag, Delivery) = (record, "", "", default);
        var line = record.Bytes;
        if (SyslogHeader.IsJson(line.Span))
            return line;
        // The length before an octet-counted frame (RFC 6587 §3.4.1), as it stands in what was captured.
        var digits = line.Span.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is > 0 and < 10 && line.Span[digits..].StartsWith(" <"u8))
            line = line[(digits + 1)..];
        var header = SyslogHeader.Of(line.Span);
        if (!SyslogHeader.IsJson(line.Span[header.Message..]))
            return record.Bytes;
        (_host, _tag) = (Text(line.Span[header.Host]), Text(line.Span[header.Tag]));
        Delivery = new(line.Span.TrimEnd("\r\n"u8).Length, header.SentAt);
        return line[header.Message..];
    }

    /// <summary>What was read so far.</summary>
    public PreviewAnswer Answer(long bytes, bool isPart) => new(_events, _total, _unreadable, _cut, _duplicates, bytes, isPart) { Others = _others };

    /// <inheritdoc/>
    public void Accept(AuditEvent auditEvent)
    {
        _total++;
        if (auditEvent.Marks.HasFlag(EventMarks.OtherLog))
            _others++;
        else if (auditEvent.Integrity == Integrity.Unreadable)
            _unreadable++;
        else if (auditEvent.Integrity != Integrity.Whole)
            _cut++;
        var original = Original(auditEvent);
        if (original > 0)
            _duplicates++;
        if (_events.Count < EventPreview.MaxEvents)
            _events.Add(Keep(auditEvent, original));
    }

    private PreviewedEvent Keep(AuditEvent auditEvent, int original) => new(
        _total,
        _record.Line,
        PreviewedEvent.RowOf(auditEvent, Describe(auditEvent)),
        auditEvent.Raw.ToArray(),
        auditEvent.CategoryReason,
        original,
        _record.Bytes.Span.TrimEnd("\r\n"u8).Length,
        _tag);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private int Original(AuditEvent auditEvent)
    {
        var fingerprint = EventIdentity.Fingerprint("", auditEvent);
        if (fingerprint == 0 || _numbers.TryAdd(fingerprint, _total))
            return 0;
        return _numbers[fingerprint];
    }

    private EventContext Describe(AuditEvent auditEvent)
    {
        var timing = EventTiming.Of(auditEvent, received, horizon);
        var request = EventIdentity.RequestKey("", auditEvent);
        return new()
        {
            Received = received,
            Time = timing.Time,
            Day = timing.Day,
            Cluster = "",
            Source = "",
            Host = _host,
            Origin = new(0, 0, _record.Line),
            Ip = ClientAddress.Of(auditEvent, TrustedProxies.None),
            Envelope = auditEvent.Envelope,
            Cause = auditEvent.Cause?.Code ?? "",
            Integrity = auditEvent.Integrity,
            Marks = auditEvent.Marks | timing.Marks,
            Primary = auditEvent.IsResponse && (request == 0 || _requests.Add(request)),
        };
    }
}
