using System.Globalization;
using System.Text;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>A value in a JSON object or array.</summary>
/// <param name="Name">The member's name; empty for an item.</param>
/// <param name="Token">What it begins as.</param>
/// <param name="Json">Its JSON; of a cut one all that is left.</param>
/// <param name="IsCut">Whether its end is missing.</param>
internal readonly record struct JsonMember(string Name, JsonToken Token, ReadOnlyMemory<byte> Json, bool IsCut)
{
    /// <summary>Whether there is a value at all.</summary>
    public bool Exists => Token != JsonToken.None;

    /// <summary>Whether it is a string, perhaps a cut one.</summary>
    public bool IsString => Token == JsonToken.String;

    /// <summary>Whether it is an object, perhaps a cut one.</summary>
    public bool IsObject => Token == JsonToken.StartObject;

    /// <summary>Whether it is an array, perhaps a cut one.</summary>
    public bool IsArray => Token == JsonToken.StartArray;

    /// <summary>Its members where it is an object.</summary>
    public JsonMembers Members => JsonMembers.Of(Json);

    /// <summary>A string's text, still escaped, without quotes; of a cut one without an escape that breaks off.</summary>
    public ReadOnlyMemory<byte> Escaped => !IsString ? default : IsCut ? Json[1..WholeEscapes(Json.Span)] : Json[1..^1];

    /// <summary>The text of a whole string; empty for anything else.</summary>
    public string Text => IsString && !IsCut ? Encoding.UTF8.GetString(Unescape().Span) : "";

    /// <summary>Its items where it is an array.</summary>
    public JsonItems Items => new(IsArray ? Json : default);

    /// <summary>The unescaped text of a string, as bytes of their own.</summary>
    public ReadOnlyMemory<byte> Unescape()
    {
        var text = Escaped;
        if (text.Span.IndexOf((byte)'\\') < 0)
            return text;
        var unescaped = new byte[text.Length];
        return unescaped.AsMemory(0, JsonText.Unescape(text.Span, unescaped));
    }

    /// <summary>A time: RFC 3339, or a number of seconds, milli-, micro- or nanoseconds since 1970; null for anything else.</summary>
    public DateTime? Time
    {
        get
        {
            if (IsCut)
                return null;
            var text = IsString ? Escaped.Span : Token == JsonToken.Number ? Json.Span : default;
            if (Timestamp.TryParse(text, out var utc))
                return utc;
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Epoch(number) : null;
        }
    }

    private static DateTime? Epoch(decimal number)
    {
        var seconds = number switch
        {
            >= 1e17m => number / 1e9m,
            >= 1e14m => number / 1e6m,
            >= 1e11m => number / 1e3m,
            _ => number,
        };
        return seconds is > 0 and < 1e11m ? DateTime.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;
    }

    // A backslash with less behind it than its escape needs is left out.
    private static int WholeEscapes(ReadOnlySpan<byte> json)
    {
        var at = 1;
        while (true)
        {
            var next = json[at..].IndexOf((byte)'\\');
            if (next < 0)
                return json.Length;
            at += next;
            var length = json.Length > at + 1 && json[at + 1] == 'u' ? 6 : 2;
            if (at + length > json.Length)
                return at;
            at += length;
        }
    }
}
