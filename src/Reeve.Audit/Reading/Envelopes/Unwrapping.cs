using Reeve.Audit.Scrubbing;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// An envelope while it is opened: takes its contents and reads each as a record of its own. Envelopes in envelopes are
/// opened <see cref="Deepest"/> deep; what is deeper stays as it is.
/// </summary>
internal sealed class Unwrapping
{
    /// <summary>How many envelopes may stand around an event.</summary>
    public const int Deepest = 6;

    private readonly EventReader _reader;
    private readonly Scrubber _scrubber;
    private readonly WrappedRecord _record;
    private readonly Wrapping _outer;
    private readonly RecordTail _tail;
    private readonly IEventSink _sink;
    private readonly string _form;
    private int _contents;

    private Unwrapping(
        EventReader reader, Scrubber scrubber, WrappedRecord record, string form, Wrapping outer, RecordTail tail, IEventSink sink)
    {
        (_reader, _scrubber, _record, _form, _outer, _tail, _sink) = (reader, scrubber, record, form, outer, tail, sink);
    }

    /// <summary>How many bytes this record's contents may still become when they are unpacked.</summary>
    public ref long Room => ref _reader.RoomToUnpack;

    /// <summary>Opens a record if it is an envelope; then every byte of it is accounted for. False where it is none.</summary>
    public static bool TryOpen(
        EventReader reader, Scrubber scrubber, WrappedRecord record, Wrapping outer, RecordTail tail, IEventSink sink)
    {
        if (outer.Depth == Deepest || EnvelopeTable.Find(record) is not { } envelope)
            return false;
        var unwrapping = new Unwrapping(reader, scrubber, record, envelope.Form, outer, tail, sink);
        envelope.Open(record, unwrapping);
        // An envelope that holds nothing is kept as what it is.
        if (unwrapping._contents == 0)
            unwrapping.Keep();
        return true;
    }

    /// <summary>Begins what is kept of the envelope beside its contents.</summary>
    public EnvelopeText Text() => new(_form);

    /// <summary>
    /// Reads a member's value: the text of a string, an object or array as it is. Where there is none, what the envelope
    /// says in its place is kept.
    /// </summary>
    public void Read(JsonMember content, EnvelopeText text, DateTime? sentAt = null, StreamKind stream = StreamKind.Unknown)
    {
        if (content.Exists)
            Read(content.IsString ? content.Unescape() : content.Json, content.IsCut, text, sentAt, stream);
        else
            Keep(text.Finish(""));
    }

    /// <summary>Reads a value that this envelope says nothing about.</summary>
    public void Pass(JsonMember content)
    {
        var bytes = RecordText.Trim(content.IsString ? content.Unescape() : content.Json);
        _contents += bytes.IsEmpty ? 0 : 1;
        _reader.ReadValues(bytes, content.IsCut ? _tail : default, _outer with { Depth = _outer.Depth + 1 }, _sink);
    }

    /// <summary>Reads some bytes as a record that came in this envelope.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="isCut">Whether they go on where the envelope breaks off.</param>
    /// <param name="text">What the envelope says about them.</param>
    /// <param name="sentAt">The time it names.</param>
    /// <param name="stream">What it says they are.</param>
    /// <param name="missing">What is known to be missing behind them.</param>
    public void Read(
        ReadOnlyMemory<byte> content, bool isCut, EnvelopeText text, DateTime? sentAt = null, StreamKind stream = StreamKind.Unknown,
        RecordTail missing = default)
    {
        var trimmed = RecordText.Trim(content);
        if (trimmed.IsEmpty)
            return;
        _contents++;
        var wrapping = new Wrapping
        {
            Envelope = Scrubbed(text),
            Form = _form,
            SentAt = sentAt ?? _outer.SentAt,
            Stream = stream == StreamKind.Unknown ? _outer.Stream : stream,
            Depth = _outer.Depth + 1,
            ContentBytes = content.Span.TrimEnd("\r\n"u8).Length,
        };
        _reader.ReadValues(trimmed, missing.Bytes > 0 ? missing : isCut ? _tail : default, wrapping, _sink);
    }

    /// <summary>Keeps the envelope's own bytes as one record that is no event; a damaged one where it should have been one.</summary>
    public void Keep(EnvelopeText? text = null, StreamKind stream = StreamKind.Other) => Keep(_record.Bytes, text, stream, _tail);

    private void Keep(ReadOnlyMemory<byte> bytes, EnvelopeText? text = null, StreamKind stream = StreamKind.Other, RecordTail tail = default)
    {
        _contents++;
        var wrapping = _outer with { Stream = stream, Envelope = text is null ? _outer.Envelope : Scrubbed(text), Form = _form, Depth = Deepest };
        _reader.ReadValues(bytes, tail, wrapping, _sink);
    }

    private string Scrubbed(EnvelopeText text)
    {
        var scrubbed = _scrubber.Scrub(text.Finish(_outer.Envelope), RecordState.Whole, out _).Span;
        return System.Text.Encoding.UTF8.GetString(scrubbed);
    }
}
