using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Reeve.Server.Preview;

/// <summary>Finds in a scrubbed event what became a fingerprint, and where the event breaks off.</summary>
internal static class EventWalk
{
    /// <summary>Most fingerprints that are listed of one event.</summary>
    public const int MaxScrubbed = 50;

    private const int Depth = 1000;
    private const int LongestPath = 200;
    private const int Context = 60;

    private static readonly SearchValues<byte> FingerprintBytes = SearchValues.Create("0123456789abcdef:"u8);

    private static ReadOnlySpan<byte> Mark => "reeve:hmac:"u8;

    /// <summary>Walks over the bytes of <see cref="Audit.AuditEvent.Raw"/>, whatever they are.</summary>
    public static EventFindings Of(ReadOnlySpan<byte> raw)
    {
        var found = new List<ScrubbedValue>();
        var path = new List<Step>();
        var reader = new Utf8JsonReader(raw, isFinalBlock: true, new JsonReaderState(new() { MaxDepth = Depth }));
        EventBreak? end = null;
        try
        {
            while (reader.Read())
                Note(ref reader, path, found);
        }
        catch (JsonException)
        {
            end = new(Join(path), Tail(raw));
        }

        // Behind the last whole token only bytes are left to look at.
        if (end is not null)
            NoteRest(raw[(int)reader.BytesConsumed..], end.Path, found);
        return new(found, end);
    }

    private static void Note(ref Utf8JsonReader reader, List<Step> path, List<ScrubbedValue> found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                path[^1] = path[^1] with { Name = Text(ref reader) };
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                path.RemoveAt(path.Count - 1);
                return;
        }

        if (path.Count > 0 && path[^1].IsArray)
            path[^1] = path[^1] with { Index = path[^1].Index + 1 };
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            path.Add(new(reader.TokenType == JsonTokenType.StartArray, "", -1));
        else if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.IndexOf(Mark) >= 0)
            NoteRest(reader.ValueSpan, Join(path), found);
    }

    private static void NoteRest(ReadOnlySpan<byte> text, string path, List<ScrubbedValue> found)
    {
        for (var at = text.IndexOf(Mark); at >= 0 && found.Count < MaxScrubbed; at = text.IndexOf(Mark))
        {
            text = text[at..];
            var length = Mark.Length + Run(text[Mark.Length..]);
            found.Add(new(path, Encoding.UTF8.GetString(text[..length])));
            text = text[length..];
        }
    }

    // The digits of the fingerprint, and the length behind them where there is one.
    private static int Run(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(FingerprintBytes);
        return end < 0 ? text.Length : end;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Escapes that make no valid text: as written.
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static string Join(List<Step> path)
    {
        var text = new StringBuilder();
        foreach (var step in path)
        {
            if (step.IsArray && step.Index >= 0)
                text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]");
            else if (!step.IsArray && step.Name.Length > 0)
                text.Append(text.Length > 0 ? "." : "").Append(step.Name);
            if (text.Length > LongestPath)
                return text.ToString(0, LongestPath) + "…";
        }

        return text.ToString();
    }

    private static string Tail(ReadOnlySpan<byte> raw)
    {
        var start = Math.Max(0, raw.Length - Context);
        while (start > 0 && (raw[start] & 0xC0) == 0x80)
            start--;
        return (start > 0 ? "…" : "") + Encoding.UTF8.GetString(raw[start..]);
    }

    private readonly record struct Step(bool IsArray, string Name, int Index);
}

/// <summary>What a walk found.</summary>
/// <param name="Scrubbed">The fingerprints, at most <see cref="EventWalk.MaxScrubbed"/>.</param>
/// <param name="Break">Where it is no whole JSON any more; null where it is whole.</param>
public sealed record EventFindings(IReadOnlyList<ScrubbedValue> Scrubbed, EventBreak? Break);

/// <summary>A secret value that became a fingerprint.</summary>
/// <param name="Path">Where in the event; empty where nobody can tell.</param>
/// <param name="Fingerprint">What stands in its place.</param>
public sealed record ScrubbedValue(string Path, string Fingerprint);

/// <summary>Where an event breaks off.</summary>
/// <param name="Path">The value it breaks off in, or after; empty at the top.</param>
/// <param name="Tail">The last characters that are left of it.</param>
public sealed record EventBreak(string Path, string Tail);
