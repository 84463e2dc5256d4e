using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Reeve.Server.Preview;

/// <summary>Why no event could be read from some bytes, in a sentence.</summary>
internal static class UnreadableReason
{
    private const int LongestKind = 60;

    private static ReadOnlySpan<byte> EventStart => "{\"kind\":\"Event\""u8;

    /// <summary>Looks at the bytes of an unreadable record.</summary>
    public static string Of(ReadOnlySpan<byte> raw)
    {
        var text = raw.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
            return "There is nothing in it.";
        if (text[0] == '{')
            return OfObject(text);
        if (text[0] == '[')
            return "It is a JSON array. Events come one to a line, or together as an EventList.";
        if (text.IndexOf(EventStart) is > 0 and var at)
            return $"An event begins at byte {at:N0}, behind text that is no syslog header. Take away what stands before the event.";
        if (text[0] is (byte)'<' or (byte)'"' || !Utf8.IsValid(text))
            return text[0] == '"' ? "It is a JSON string, as where an event was quoted once more on its way."
                : Utf8.IsValid(text) ? "It looks like a syslog line, and there is no event in it." : "These bytes are no text.";
        return "It is text without an event: an event is a JSON object with kind, verb, user and so on.";
    }

    private static string OfObject(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: true, new JsonReaderState(new() { MaxDepth = 1000 }));
        string? kind = null;
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("kind"u8)
                    && reader.Read() && reader.TokenType == JsonTokenType.String)
                    kind = Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, LongestKind)]);
            }
        }
        catch (JsonException)
        {
            return kind is null
                ? $"It is no valid JSON from byte {reader.BytesConsumed:N0} on, and nothing before that is a field of an audit event."
                : $"Its kind is {kind}, not Event, and it is no valid JSON from byte {reader.BytesConsumed:N0} on.";
        }

        return kind is null
            ? "It is JSON, but no audit event: there is neither a kind nor a verb at its top."
            : $"It is JSON of the kind {kind}, not an audit event.";
    }
}
