using System.Buffers;
using System.Text.Json;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// Writes an audit event that came in another form as JSON, in the apiserver's order of keys (audit.k8s.io/v1). What is
/// absent is left out. An event that was cut is left without its end, so that whoever reads it sees that it is cut.
/// </summary>
internal sealed class EventComposer : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    /// <summary>Begins an event.</summary>
    public EventComposer()
    {
        _json = new Utf8JsonWriter(_buffer, Relaxed.Writer);
        _json.WriteStartObject();
        _json.WriteString("kind"u8, "Event"u8);
        _json.WriteString("apiVersion"u8, "audit.k8s.io/v1"u8);
    }

    /// <summary>A text, unless it is empty.</summary>
    public EventComposer Add(string name, string text)
    {
        if (text.Length > 0)
            _json.WriteString(name, text);
        return this;
    }

    /// <summary>A number, unless it is 0.</summary>
    public EventComposer Add(string name, int number)
    {
        if (number != 0)
            _json.WriteNumber(name, number);
        return this;
    }

    /// <summary>An array of texts, unless it has none.</summary>
    public EventComposer Add(string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
            return this;
        _json.WriteStartArray(name);
        foreach (var text in texts)
            _json.WriteStringValue(text);
        _json.WriteEndArray();
        return this;
    }

    /// <summary>A whole value as it came; null and what is cut are left out.</summary>
    public EventComposer Add(string name, JsonMember value)
    {
        if (!value.Exists || value.IsCut || value.Token == JsonToken.Null)
            return this;
        _json.WritePropertyName(name);
        _json.WriteRawValue(value.Json.Span, skipInputValidation: true);
        return this;
    }

    /// <summary>An object, if there is one.</summary>
    public EventComposer Add(string name, bool exists, Action<EventComposer> members)
    {
        if (!exists)
            return this;
        _json.WriteStartObject(name);
        members(this);
        _json.WriteEndObject();
        return this;
    }

    /// <summary>The event, whole or without its end; of a cut value in it what there is, behind the rest.</summary>
    public ReadOnlyMemory<byte> Finish(bool isCut, string cutName = "", JsonMember cutValue = default)
    {
        if (!isCut)
            _json.WriteEndObject();
        _json.Flush();
        if (isCut && cutValue is { Exists: true, IsCut: true })
        {
            _buffer.Write(System.Text.Encoding.UTF8.GetBytes($",\"{cutName}\":"));
            _buffer.Write(cutValue.Json.Span);
        }

        return _buffer.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
