using System.Text.Json;

namespace Reeve.Server.Preview;

/// <summary>
/// Cuts what a person pasted or a file holds into records: a line each, as a log is, or a JSON object over several lines,
/// as a formatted EventList is.
/// </summary>
internal static class PastedRecords
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The records in their order, with the 1-based line each begins on; lines of white space alone are none.</summary>
    public static IEnumerable<PastedRecord> Of(ReadOnlyMemory<byte> content)
    {
        var rest = content.Span.StartsWith(ByteOrderMark) ? content[ByteOrderMark.Length..] : content;
        var line = 1;
        while (!rest.IsEmpty)
        {
            var length = LengthOf(rest.Span);
            var record = rest[..length];
            if (record.Span.ContainsAnyExcept(" \t\r\n"u8))
                yield return new(record, line);
            line += record.Span.Count((byte)'\n');
            rest = rest[length..];
        }
    }

    // Its line break included, where there is one.
    private static int LengthOf(ReadOnlySpan<byte> text)
    {
        var line = LineEnd(text, 0);
        var start = text[..line].TrimStart(" \t"u8);
        return start is [(byte)'{' or (byte)'[', ..] ? JsonLength(text, line) : line;
    }

    private static int JsonLength(ReadOnlySpan<byte> text, int line)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: true, new JsonReaderState(new() { MaxDepth = 1000 }));
        var second = LineAfter(text, line);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    return LineEnd(text, (int)reader.BytesConsumed);
            }
        }
        catch (JsonException)
        {
            // It breaks off, or is no JSON; where, tells which of the two shapes it has.
        }

        // A log's cut line goes wrong at its own end, or where the next line begins.
        return reader.BytesConsumed <= second ? line : text.Length;
    }

    private static int LineAfter(ReadOnlySpan<byte> text, int line)
    {
        var blank = text[line..].IndexOfAnyExcept(" \t\r\n"u8);
        return blank < 0 ? text.Length : line + blank;
    }

    private static int LineEnd(ReadOnlySpan<byte> text, int from)
    {
        var end = text[from..].IndexOf((byte)'\n');
        return end < 0 ? text.Length : from + end + 1;
    }
}

/// <summary>One record of what was pasted.</summary>
/// <param name="Bytes">Its bytes, its line break included.</param>
/// <param name="Line">The 1-based line it begins on.</param>
internal readonly record struct PastedRecord(ReadOnlyMemory<byte> Bytes, int Line);
