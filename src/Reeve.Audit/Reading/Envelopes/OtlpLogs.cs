using System.Buffers;
using System.Text.Json;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// Log records of OpenTelemetry in OTLP's JSON encoding: the event is a record's <c>body</c>, a string, or a list of keys
/// and values, which becomes the object it stands for (opentelemetry.proto.common.v1.AnyValue).
/// </summary>
internal sealed class OtlpLogs : IEnvelope
{
    private const int Deepest = 64;

    private static readonly SearchValues<byte> Whole = SearchValues.Create("-0123456789"u8);

    /// <inheritdoc/>
    public string Form => "otlp";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => record.Members["resourceLogs"].IsArray;

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        foreach (var resource in record.Members["resourceLogs"].Items)
        {
            foreach (var scope in Scopes(resource.Members).Items)
            {
                foreach (var entry in scope.Members["logRecords"].Items)
                    Open(entry.Members, resource.Members["resource"], into);
            }
        }
    }

    private static JsonMember Scopes(JsonMembers resource) =>
        resource["scopeLogs"] is { Exists: true } scopes ? scopes : resource["instrumentationLibraryLogs"];

    private static void Open(JsonMembers entry, JsonMember resource, Unwrapping into)
    {
        var text = into.Text().Keep(resource).Keep(entry, "body");
        var sentAt = entry["timeUnixNano"].Time ?? entry["observedTimeUnixNano"].Time;
        var body = entry["body"].Members;
        if (body["stringValue"] is { IsString: true } content)
            into.Read(content, text, sentAt);
        else if (body["kvlistValue"] is { IsObject: true, IsCut: false } list)
            into.Read(Compose(list), false, text, sentAt);
        else if (entry["body"].Exists)
            into.Read(entry["body"].Json, entry["body"].IsCut, text, sentAt);
    }

    private static ReadOnlyMemory<byte> Compose(JsonMember list)
    {
        var buffer = new ArrayBufferWriter<byte>(list.Json.Length);
        using var json = new Utf8JsonWriter(buffer, Relaxed.Writer);
        WriteList(json, list, 0);
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteList(Utf8JsonWriter json, JsonMember list, int depth)
    {
        json.WriteStartObject();
        foreach (var item in list.Members["values"].Items)
        {
            json.WritePropertyName(item.Members["key"].Text);
            Write(json, item.Members["value"].Members, depth + 1);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonMembers value, int depth)
    {
        if (value["kvlistValue"] is { IsObject: true } list && depth < Deepest)
            WriteList(json, list, depth);
        else if (value["arrayValue"] is { IsObject: true } array && depth < Deepest)
        {
            json.WriteStartArray();
            foreach (var item in array.Members["values"].Items)
                Write(json, item.Members, depth + 1);
            json.WriteEndArray();
        }
        else if (value["stringValue"] is { IsString: true } text)
            json.WriteStringValue(text.Text);
        else if (Scalar(value) is { Exists: true, IsCut: false } scalar)
            json.WriteRawValue(scalar.IsString ? scalar.Escaped.Span : scalar.Json.Span, skipInputValidation: true);
        else
            json.WriteNullValue();
    }

    // 64-bit numbers are strings in JSON (proto3 JSON mapping).
    private static JsonMember Scalar(JsonMembers value)
    {
        if (value["intValue"] is { Exists: true } whole)
            return IsNumber(whole) ? whole : default;
        return value["boolValue"] is { Exists: true, IsString: false } flag ? flag : value["doubleValue"] is { Token: JsonToken.Number } number ? number : default;
    }

    private static bool IsNumber(JsonMember number)
    {
        var digits = number.IsString ? number.Escaped.Span : number.Json.Span;
        return !digits.IsEmpty && !digits.ContainsAnyExcept(Whole);
    }
}
