using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Reeve.Audit.Reading.Compact;

namespace Reeve.Audit.Reading;

/// <summary>What a JSON value turned out to be.</summary>
internal enum RecordShape : byte
{
    /// <summary>No audit event: other JSON, or none.</summary>
    Other,
    Event,
    EventList,
}

/// <summary>How far a value was read.</summary>
/// <param name="Shape">What it is, as far as its readable part tells.</param>
/// <param name="End">Behind the value; of a cut one, behind its last whole token.</param>
/// <param name="LastToken">Where the last whole token begins.</param>
/// <param name="Cut">Whether it is not whole.</param>
/// <param name="Items">Behind the bracket that opens the items of an EventList; 0 for anything else.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ParsedRecord(RecordShape Shape, int End, int LastToken, bool Cut, int Items);

/// <summary>
/// Fills an <see cref="AuditEvent"/> from the JSON value at the beginning of some bytes. What stands before a cut counts.
/// </summary>
internal sealed class EventParser
{
    private readonly CompactEventParser _compact = new();
    private bool _hasVerb;
    private bool _foreignApi;
    private bool _sanitise;
    private Kind _kind;
    private int _items;
    private bool _hasOldTimeOnly;

    private enum Kind : byte
    {
        Absent,
        Event,
        EventList,
        Foreign,
    }

    /// <summary>
    /// Reads one value. An EventList is read up to its items if its kind stands before them.
    /// <paramref name="validUtf8"/> says whether all bytes of the record are known to be valid UTF-8.
    /// </summary>
    public ParsedRecord Parse(ReadOnlyMemory<byte> json, bool validUtf8, AuditEvent into)
    {
        into.Reset(json);
        // What an event says must not depend on the bytes around it: they will not be there when it is read from the journal.
        if (_compact.TryParse(into) is > 0 and var end && (validUtf8 || Utf8.IsValid(json.Span[..end])))
        {
            into.Narrow(end);
            return new ParsedRecord(RecordShape.Event, end, end - 1, Cut: false, Items: 0);
        }

        return ParseTolerantly(json, validUtf8, into);
    }

    /// <summary>The same for JSON of any form.</summary>
    internal ParsedRecord ParseTolerantly(ReadOnlyMemory<byte> json, bool validUtf8, AuditEvent into)
    {
        into.Reset(json);
        _hasVerb = _foreignApi = _hasOldTimeOnly = false;
        _kind = Kind.Absent;
        _items = 0;
        _sanitise = !validUtf8;

        var scanner = new JsonScanner(json.Span);
        var isObject = scanner.Read() && scanner.Token == JsonToken.StartObject;
        if (isObject)
            ReadTop(ref scanner, into);
        else
            scanner.Skip();
        var cut = !scanner.Complete;
        if (!cut)
            into.Narrow(scanner.End);
        return new ParsedRecord(Shape(), scanner.End, scanner.Start, cut, _items);
    }

    /// <summary>
    /// Reads the times that <see cref="RecordRest"/> kept of an event's end, from <paramref name="at"/> on.
    /// </summary>
    public void ParseTimes(ReadOnlyMemory<byte> rest, int at, AuditEvent into)
    {
        _hasOldTimeOnly = false;
        var scanner = new JsonScanner(rest.Span, at);
        while (scanner.Read() && scanner.Token == JsonToken.Key)
        {
            var key = scanner.Text;
            if (!scanner.Read())
                return;
            if (scanner.Token == JsonToken.String)
                ReadTime(ref scanner, key, into);
            else
                scanner.Skip();
        }
    }

    private RecordShape Shape() => _kind switch
    {
        Kind.EventList => _items > 0 ? RecordShape.EventList : RecordShape.Other,
        Kind.Event when _hasVerb || !_foreignApi => RecordShape.Event,
        Kind.Absent when _hasVerb => RecordShape.Event,
        Kind.Absent when _items > 0 => RecordShape.EventList,
        _ => RecordShape.Other,
    };

    private void ReadTop(ref JsonScanner scanner, AuditEvent into)
    {
        while (scanner.Read() && scanner.Token == JsonToken.Key)
        {
            var start = scanner.Start;
            var key = Key(ref scanner, into);
            if (!scanner.Read())
                return;
            if (EventKeys.TopField(key) is var field and not EventKeys.None)
            {
                _hasVerb |= field == EventField.Verb;
                ReadText(ref scanner, field, into);
            }
            else if (!ReadTopOther(ref scanner, key, start, into))
                return;
        }
    }

    private bool ReadTopOther(ref JsonScanner scanner, scoped ReadOnlySpan<byte> key, int start, AuditEvent into)
    {
        var section = EventKeys.TopSection(key);
        switch (section)
        {
            case EventSection.Other:
                return ReadScalar(ref scanner, key, start, into);
            case EventSection.Items:
                if (scanner.Token == JsonToken.StartArray)
                {
                    _items = scanner.End;
                    if (_kind == Kind.EventList)
                        return false;
                }

                return scanner.Skip();
            case EventSection.SourceIps:
                return ReadList(ref scanner, section, into);
            case EventSection.RequestObject or EventSection.ResponseObject:
                return ReadBody(ref scanner, section, into);
            default:
                return ReadSection(ref scanner, section, into);
        }
    }

    private bool ReadScalar(ref JsonScanner scanner, scoped ReadOnlySpan<byte> key, int start, AuditEvent into)
    {
        if (scanner.Token != JsonToken.String)
            return scanner.Skip();
        if (key.SequenceEqual("kind"u8))
        {
            var kind = into.Bytes(Value(ref scanner, into));
            _kind = kind.SequenceEqual("Event"u8) ? Kind.Event
                : kind.SequenceEqual("EventList"u8) ? Kind.EventList : Kind.Foreign;
            into.KindMember = new Slice(start, scanner.End - start);
        }
        else if (key.SequenceEqual("apiVersion"u8))
        {
            _foreignApi = !into.Bytes(Value(ref scanner, into)).StartsWith("audit.k8s.io/"u8);
            into.ApiVersionMember = new Slice(start, scanner.End - start);
        }
        else
            ReadTime(ref scanner, key, into);
        return true;
    }

    private void ReadTime(ref JsonScanner scanner, scoped ReadOnlySpan<byte> key, AuditEvent into)
    {
        if (key.SequenceEqual("requestReceivedTimestamp"u8))
        {
            into.RequestReceivedText = Value(ref scanner, into);
            into.RequestReceivedAt = Time(into.Bytes(into.RequestReceivedText));
        }
        else if (key.SequenceEqual("stageTimestamp"u8))
        {
            into.StageAt = Time(into.Bytes(Value(ref scanner, into))) ?? into.StageAt;
            _hasOldTimeOnly = false;
        }
        else if (key.SequenceEqual("timestamp"u8))
            ReadOldTime(ref scanner, into);
    }

    // audit.k8s.io/v1beta1 and older: https://github.com/kubernetes/kubernetes/blob/release-1.7/staging/src/k8s.io/apiserver/pkg/apis/audit/v1alpha1/types.go
    private void ReadOldTime(ref JsonScanner scanner, AuditEvent into)
    {
        if (into.StageAt is not null && !_hasOldTimeOnly)
            return;
        into.StageAt = Time(into.Bytes(Value(ref scanner, into))) ?? into.StageAt;
        _hasOldTimeOnly = true;
    }

    private bool ReadSection(ref JsonScanner scanner, EventSection section, AuditEvent into)
    {
        var start = scanner.Start;
        if (scanner.Token != JsonToken.StartObject)
            return scanner.Skip();
        while (scanner.Read())
        {
            if (scanner.Token == JsonToken.EndObject)
            {
                if (section is EventSection.Annotations or EventSection.UserExtra)
                    into.SetBody(section, new Slice(start, scanner.End - start));
                return true;
            }

            var key = Key(ref scanner, into);
            if (!scanner.Read() || !ReadMember(ref scanner, section, key, into))
                return false;
        }

        return false;
    }

    private bool ReadMember(ref JsonScanner scanner, EventSection section, scoped ReadOnlySpan<byte> key, AuditEvent into)
    {
        if (EventKeys.Field(section, key) is var field and not EventKeys.None)
            return ReadText(ref scanner, field, into);
        var inner = EventKeys.Section(section, key);
        if (inner is EventSection.Groups or EventSection.ImpersonatedGroups)
            return ReadList(ref scanner, inner, into);
        if (inner == EventSection.UserExtra)
            return ReadBody(ref scanner, inner, into);
        switch (section)
        {
            case EventSection.ResponseStatus when scanner.Token == JsonToken.Number && key.SequenceEqual("code"u8):
                var number = into.Bytes(new Slice(scanner.Start, scanner.End - scanner.Start));
                into.Code = Utf8Parser.TryParse(number, out ushort code, out var used) && used == number.Length ? code : 0;
                break;
            case EventSection.Annotations when scanner.Token == JsonToken.String:
                ReadAnnotation(key, into.Bytes(Value(ref scanner, into)), into);
                break;
            case EventSection.Metadata when scanner.Token == JsonToken.String && key.SequenceEqual("creationTimestamp"u8):
                ReadOldTime(ref scanner, into);
                break;
            default:
                break;
        }

        return scanner.Skip();
    }

    /// <summary>Takes what an annotation says beside its own text.</summary>
    internal static void ReadAnnotation(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, AuditEvent into)
    {
        if (key.SequenceEqual("audit.k8s.io/truncated"u8) && value.SequenceEqual("true"u8))
            into.Integrity = Integrity.TruncatedByApiserver;
        into.HasPolicyAnnotation |= CategoryTable.IsPolicyAnnotation(key);
    }

    private bool ReadText(ref JsonScanner scanner, EventField field, AuditEvent into)
    {
        if (scanner.Token != JsonToken.String)
            return scanner.Skip();
        into.Set(field, Value(ref scanner, into));
        return true;
    }

    private bool ReadList(ref JsonScanner scanner, EventSection section, AuditEvent into)
    {
        if (scanner.Token != JsonToken.StartArray)
            return scanner.Skip();
        into.List(section).Clear();
        while (scanner.Read() && scanner.Token != JsonToken.EndArray)
        {
            if (scanner.Token == JsonToken.String)
                into.List(section).Add(Value(ref scanner, into));
            else if (!scanner.Skip())
                return false;
        }

        return scanner.Token == JsonToken.EndArray;
    }

    private static bool ReadBody(ref JsonScanner scanner, EventSection section, AuditEvent into)
    {
        var (start, isNull) = (scanner.Start, scanner.Token == JsonToken.Null);
        if (!scanner.Skip())
            return false;
        if (!isNull)
            into.SetBody(section, new Slice(start, scanner.End - start));
        return true;
    }

    private ReadOnlySpan<byte> Key(ref JsonScanner scanner, AuditEvent into) =>
        scanner.Escaped ? into.Bytes(Value(ref scanner, into)) : scanner.Text;

    private Slice Value(ref JsonScanner scanner, AuditEvent into)
    {
        var text = scanner.Text;
        var slice = new Slice(scanner.Start + 1, text.Length);
        if (scanner.Escaped)
        {
            slice = into.Commit(JsonText.Unescape(text, into.Scratch(text.Length)));
            text = into.Bytes(slice);
        }

        if (!_sanitise || Utf8.IsValid(text))
            return slice;
        var room = into.Scratch(text.Length * 3);
        // Growing the scratch moves what was unescaped into it.
        return into.Commit(JsonText.Sanitise(into.Bytes(slice), room));
    }

    private static DateTime? Time(ReadOnlySpan<byte> text) => Timestamp.TryParse(text, out var utc) ? utc : null;
}
