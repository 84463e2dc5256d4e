using System.Text;
using System.Text.Json;
using Reeve.Audit.Callers;

namespace Reeve.Audit.Fields;

/// <summary>
/// Texts inside an event's JSON that have no <see cref="EventField"/>, like those of <c>user.extra</c> (an object of arrays of strings)
/// and <c>annotations</c> (an object of strings). Where a cut took the end, what is whole before it is found; no input throws.
/// </summary>
public static class JsonTexts
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1024 };

    /// <summary>
    /// The first value of a key as it stands in the JSON; false where there is none, or where an escape is in it, which no key
    /// of <see cref="ExtraKeys"/> ever has. Does not allocate.
    /// </summary>
    /// <param name="map"><see cref="AuditEvent.UserExtra"/> or <see cref="AuditEvent.Annotations"/>.</param>
    /// <param name="key">The key, UTF-8.</param>
    /// <param name="value">The value, UTF-8.</param>
    public static bool TryFirst(ReadOnlySpan<byte> map, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        value = default;
        var reader = new Utf8JsonReader(map, isFinalBlock: false, new JsonReaderState(Options));
        try
        {
            if (!TryFind(ref reader, key) || !reader.Read())
                return false;
            if (reader.TokenType == JsonTokenType.StartArray && !reader.Read())
                return false;
            if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
                return false;
            value = reader.ValueSpan;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The text at a path, or all texts of the list there, in their order; empty where there are none.</summary>
    /// <param name="raw">The event's JSON, UTF-8.</param>
    /// <param name="path">The names along the path.</param>
    public static IReadOnlyList<string> At(ReadOnlySpan<byte> raw, params ReadOnlySpan<string> path)
    {
        var values = new List<string>();
        var reader = new Utf8JsonReader(raw, isFinalBlock: false, new JsonReaderState(Options));
        try
        {
            foreach (var name in path)
            {
                if (!TryFind(ref reader, Encoding.UTF8.GetBytes(name)))
                    return values;
            }

            if (reader.Read() && reader.TokenType == JsonTokenType.String)
                values.Add(Text(ref reader));
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.String)
                    values.Add(Text(ref reader));
            }
        }
        catch (JsonException)
        {
            // What stood before the fault is kept.
        }

        return values;
    }

    // Goes to a name in the object that comes next, and stands on it.
    private static bool TryFind(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, name))
                return true;
            if (!reader.TrySkip())
                return false;
        }

        return false;
    }

    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            // Escapes that make no text.
            return false;
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
