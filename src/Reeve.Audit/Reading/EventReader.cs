using System.Text.Unicode;
using Reeve.Audit.Reading.Compact;
using Reeve.Audit.Reading.Envelopes;
using Reeve.Audit.Salvage;
using Reeve.Audit.Scrubbing;
using Reeve.Audit.Scrubbing.Patterns;

namespace Reeve.Audit.Reading;

/// <summary>
/// Turns records into audit events: unwraps EventLists and envelopes, salvages what is cut or broken, scrubs secrets. It takes any
/// bytes, never throws and never drops any but white space and what parts the items of a list: what is no event becomes one
/// <see cref="Integrity.Unreadable"/> event. No event it gives is larger than <see cref="EventLimits.LargestRaw"/>. Reusable, without allocations in the steady state; not thread-safe.
/// </summary>
public sealed class EventReader
{
    // A webhook's body may be four times as large as an event (limits.event and the body limit of the webhook).
    private const int MostUnpacked = 4;

    private readonly Scrubber _scrubber;
    private readonly EventLimits _limits;
    private readonly EventParser _parser = new();
    private readonly EventRestorer _restorer;
    private readonly AuditEvent _event = new();
    private readonly SlackBuffer[] _slack = [.. Enumerable.Range(0, Unwrapping.Deepest + 1).Select(_ => new SlackBuffer())];
    private byte[] _marked = [];
    private Wrapping _wrapping = Wrapping.None;
    private RecordDelivery _delivery;
    private long _roomToUnpack;

    /// <summary>Creates a reader.</summary>
    /// <param name="scrubber">Replaces the secrets; used by this reader only.</param>
    /// <param name="limits">How large an event may be, and what is kept of a larger one.</param>
    public EventReader(Scrubber scrubber, EventLimits limits)
    {
        (_scrubber, _limits) = (scrubber, limits);
        _restorer = new EventRestorer(_parser);
    }

    /// <summary>How many bytes the packed parts of the record that is read may still become.</summary>
    internal ref long RoomToUnpack => ref _roomToUnpack;

    /// <summary>
    /// Reads a record as a sender delivered it: a line, or a request's body with one or more events or EventLists.
    /// The sink sees each event scrubbed, during the call only.
    /// </summary>
    public void Read(ReadOnlyMemory<byte> record, IEventSink sink) => Read(record, default, sink);

    /// <summary>Reads the beginning of a record whose <paramref name="tail"/> the source did not keep.</summary>
    public void Read(ReadOnlyMemory<byte> record, RecordTail tail, IEventSink sink) => Read(record, tail, default, sink);

    /// <summary>Reads a record, or its beginning, of which the source knows how it was delivered.</summary>
    public void Read(ReadOnlyMemory<byte> record, RecordTail tail, RecordDelivery delivery, IEventSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        _delivery = delivery;
        _roomToUnpack = MostUnpacked * (long)_limits.Event;
        ReadValues(RecordText.TrimSeparators(record), tail, Wrapping.None, sink);
    }

    /// <summary>Reads the values of trimmed bytes, which came in envelopes or not.</summary>
    internal void ReadValues(ReadOnlyMemory<byte> rest, RecordTail tail, Wrapping wrapping, IEventSink sink)
    {
        rest = _slack[wrapping.Depth].Hold(rest);
        var outer = _wrapping;
        var validUtf8 = Utf8.IsValid(rest.Span);
        while (!rest.IsEmpty)
        {
            _wrapping = wrapping;
            var parsed = _parser.Parse(rest, validUtf8, _event);
            int used;
            // A list that breaks off before its first item holds no event, and must not vanish.
            if (parsed.Shape == RecordShape.EventList && RecordText.SkipSeparators(rest.Span, parsed.Items) < rest.Length)
                used = ReadItems(rest, parsed.Items, validUtf8, tail, sink);
            else if (parsed.Shape != RecordShape.Other || !TryOpen(rest, parsed, tail, sink, out used))
                used = ReadOne(rest, parsed, validUtf8, tail, sink);
            rest = RecordText.TrimSeparators(rest[used..]);
        }

        _wrapping = outer;
    }

    private bool TryOpen(ReadOnlyMemory<byte> bytes, ParsedRecord parsed, RecordTail tail, IEventSink sink, out int used)
    {
        used = EnvelopeBounds.LengthOf(bytes.Span, parsed);
        if (_wrapping.Depth == Unwrapping.Deepest)
            return false;
        var record = new WrappedRecord(bytes[..used], parsed.Cut);
        return Unwrapping.TryOpen(this, _scrubber, record, _wrapping, used == bytes.Length ? tail : default, sink);
    }

    /// <summary>
    /// Reads what followed when the beginning of a record had been read already, as of a line that its writer finished
    /// late. Without the beginning nobody can tell which of its values are secrets, so it becomes one
    /// <see cref="Integrity.Fragment"/> event, <c>…reeve:rest:BYTES:FINGERPRINT</c>, and of its values only the times
    /// at its end stay. White space alone gives no event.
    /// </summary>
    /// <param name="record">The bytes after those that were read; the whole line's rest, not a piece of it.</param>
    /// <param name="tail">What of the rest is not in <paramref name="record"/>.</param>
    /// <param name="sink">Sees the event during the call only.</param>
    public void ReadRest(ReadOnlyMemory<byte> record, RecordTail tail, IEventSink sink) => ReadRest(record, tail, default, sink);

    /// <inheritdoc cref="ReadRest(ReadOnlyMemory{byte}, RecordTail, IEventSink)"/>
    public void ReadRest(ReadOnlyMemory<byte> record, RecordTail tail, RecordDelivery delivery, IEventSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var rest = RecordText.Trim(record).Span;
        if (rest.IsEmpty && tail.Bytes == 0)
            return;
        _restorer.Restore(RecordRest.Replace(rest, _scrubber.Fingerprint(rest), tail), _event);
        _event.Marks |= EventMarks.Scrubbed;
        MarkBytes(rest, _event);
        _wrapping = Wrapping.None;
        _delivery = delivery;
        HandOver(rest, sink);
    }

    private int ReadItems(ReadOnlyMemory<byte> list, int at, bool validUtf8, RecordTail tail, IEventSink sink)
    {
        while (true)
        {
            at = RecordText.SkipSeparators(list.Span, at);
            if (at == list.Length)
                return at;
            if (list.Span[at] == ']')
                return SkipListEnd(list.Span, at + 1);
            var item = list[at..];
            at += ReadOne(item, _parser.Parse(item, validUtf8, _event), validUtf8, tail, sink);
        }
    }

    // What follows a list's items is of no interest; what follows the list is a record again.
    private static int SkipListEnd(ReadOnlySpan<byte> list, int at)
    {
        var scanner = new JsonScanner(list, at);
        while (scanner.Read() && scanner.Depth > 0)
        {
        }

        return scanner.End;
    }

    private int ReadOne(ReadOnlyMemory<byte> bytes, ParsedRecord parsed, bool validUtf8, RecordTail tail, IEventSink sink)
    {
        var isObject = bytes.Span[0] == '{';
        var length = !isObject ? bytes.Length
            : parsed.Cut ? RecordText.NextEvent(bytes.Span, parsed.LastToken) : parsed.End;
        var cut = length == bytes.Length && (parsed.Cut || !isObject) ? tail : default;
        if (length > _limits.Event || (cut.Bytes > 0 && length > _limits.Kept))
        {
            cut = new RecordTail(length - _limits.Kept + cut.Bytes, _scrubber.Fingerprint(bytes.Span[_limits.Kept..length]));
            EmitDamaged(bytes[.._limits.Kept], Salvage(bytes[.._limits.Kept], validUtf8), cut, sink);
        }
        else if (parsed.Shape == RecordShape.Event && !parsed.Cut)
            EmitWhole(bytes[..length], validUtf8, sink);
        else
            EmitDamaged(bytes[..length], parsed.Shape == RecordShape.Event, cut, sink);
        return length;
    }

    private bool Salvage(ReadOnlyMemory<byte> kept, bool validUtf8) =>
        _parser.Parse(kept, validUtf8, _event).Shape == RecordShape.Event;

    private void EmitWhole(ReadOnlyMemory<byte> raw, bool validUtf8, IEventSink sink)
    {
        var scrubbed = _scrubber.Scrub(raw, RecordState.Whole, out var changed);
        if (changed)
        {
            EmitScrubbed(scrubbed, raw.Span, changed, default, sink);
            return;
        }

        if (!validUtf8)
            MarkBytes(raw.Span, _event);
        HandOver(raw.Span, sink);
    }

    // Fields are read from the scrubbed bytes, so that the journal's bytes give the same ones for ever.
    private void EmitDamaged(ReadOnlyMemory<byte> bytes, bool isEvent, RecordTail tail, IEventSink sink)
    {
        var scrubbed = _scrubber.Scrub(bytes, isEvent ? RecordState.Cut : RecordState.Unreadable, out var changed);
        EmitScrubbed(scrubbed, bytes.Span, changed, tail, sink);
    }

    private void EmitScrubbed(
        ReadOnlyMemory<byte> scrubbed, ReadOnlySpan<byte> received, bool changed, RecordTail tail, IEventSink sink)
    {
        // A fingerprint may be longer than what it stands for.
        if (scrubbed.Length > _limits.Event)
        {
            var rest = scrubbed.Span[_limits.Kept..];
            tail = new RecordTail(rest.Length + tail.Bytes, _scrubber.Fingerprint(rest));
            scrubbed = scrubbed[.._limits.Kept];
        }

        _restorer.Restore(tail.Bytes > 0 ? Append(scrubbed.Span, tail.ToMark()) : scrubbed, _event);
        if (changed)
            _event.Marks |= EventMarks.Scrubbed;
        if (_scrubber.Misplaced != SecretKind.None)
            _event.Marks |= EventMarks.SecretMaterial;
        MarkBytes(received, _event);
        HandOver(received, sink);
    }

    private void HandOver(ReadOnlySpan<byte> received, IEventSink sink)
    {
        _event.Envelope = _wrapping.Envelope;
        _event.SentAt = _wrapping.SentAt ?? _delivery.SentAt;
        _event.Cause = null;
        if (_event.Integrity == Integrity.Unreadable)
        {
            if (OtherLogs.Is(received, _wrapping))
                _event.Marks |= EventMarks.OtherLog;
        }
        else if (_event.Integrity != Integrity.Whole)
            _event.Cause = CutCauses.Of(new CutSignature(_event.Integrity, _wrapping.Form, _wrapping.ContentBytes, _delivery, received));
        sink.Accept(_event);
    }

    private ReadOnlyMemory<byte> Append(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark)
    {
        if (_marked.Length < bytes.Length + mark.Length)
            _marked = new byte[bytes.Length + mark.Length];
        bytes.CopyTo(_marked);
        mark.CopyTo(_marked.AsSpan(bytes.Length));
        return _marked.AsMemory(0, bytes.Length + mark.Length);
    }

    private static void MarkBytes(ReadOnlySpan<byte> bytes, AuditEvent auditEvent)
    {
        if (!Utf8.IsValid(bytes))
            auditEvent.Marks |= EventMarks.InvalidUtf8;
    }
}
