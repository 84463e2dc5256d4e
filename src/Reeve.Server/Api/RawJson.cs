using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Server.Api;

/// <summary>An event as it was stored: written as the JSON it is, or as a text where it is none (cut, unreadable, nested too deep).</summary>
/// <param name="Text">The stored bytes as text.</param>
[JsonConverter(typeof(RawJsonConverter))]
internal sealed record RawJson(string Text);

/// <summary>Writes <see cref="RawJson"/> without building a tree of it.</summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    // What most readers of JSON take; more would make one strange event spoil the whole page for them.
    private const int MaxDepth = 48;

    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("events are answered, never asked for");

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
    {
        var bytes = Encoding.UTF8.GetBytes(value.Text);
        if (IsObject(bytes))
            writer.WriteRawValue(bytes, skipInputValidation: true);
        else
            writer.WriteStringValue(value.Text);
    }

    private static bool IsObject(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (isObject && reader.Read())
            {
                // Only reading to the end shows that it is whole.
            }

            return isObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
