using System.Buffers;
using System.Runtime.InteropServices;
using Reeve.Audit.Reading;

namespace Reeve.Server.Sources.Syslog;

/// <summary>
/// Where host, tag and message stand in a frame. RFC 5424 §6 and RFC 3164 §4.1 are read, and what is sent in their names:
/// RFC 3339 times in front of a host, no host, no tag, a tag without its colon, no header at all. Never fails: where no
/// header can be made out, all of the frame is message.
/// </summary>
/// <param name="Host">The host the message is from; empty where it does not say.</param>
/// <param name="Tag">The program, without process id and colon; empty where it does not say.</param>
/// <param name="Message">Where the message begins.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SyslogHeader(Range Host, Range Tag, int Message)
{
    private const int LongestHost = 255;
    private const int LongestTag = 128;

    // How far into a message of unknown form its JSON is looked for.
    private const int LongestPrefix = 256;

    private static readonly SearchValues<byte> Printable = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:@()[]+*#%&=~"u8);

    // A comma or a quote would make it a piece of JSON, which must not be taken for a header.
    private static readonly SearchValues<byte> InPrefix = SearchValues.Create(
        " ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:@()[]=<>"u8);

    private static readonly SearchValues<byte> Alphanumeric = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    /// <summary>Its time, UTC, where that is written as RFC 3339 has it; RFC 3164's has neither year nor zone.</summary>
    public DateTime? SentAt { get; init; }

    /// <summary>Whether the frame says neither host nor tag.</summary>
    public bool IsAnonymous => Host.Equals(default) && Tag.Equals(default);

    /// <summary>Reads the header of a frame.</summary>
    public static SyslogHeader Of(ReadOnlySpan<byte> frame)
    {
        var reading = new SyslogHeaderReader(frame);
        if (!reading.TryReadPriority())
            return new(default, default, FindMessage(frame, 0));
        var afterPriority = reading.Position;
        if (reading.TryReadVersion())
        {
            if (TryReadRfc5424(ref reading, out var header))
                return header;
            reading.Position = afterPriority;
        }

        return ReadRfc3164(ref reading);
    }

    /// <summary>Whether a message begins as JSON does.</summary>
    public static bool IsJson(ReadOnlySpan<byte> message) => message.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{' or (byte)'[', ..];

    private static bool TryReadRfc5424(ref SyslogHeaderReader reading, out SyslogHeader header)
    {
        header = default;
        var isWhole = reading.TryReadToken(out var time);
        isWhole &= reading.TryReadToken(out var host) && IsName(reading.Of(host), LongestHost);
        isWhole &= reading.TryReadToken(out var tag) && IsName(reading.Of(tag), LongestTag);
        isWhole &= reading.TryReadToken(out _) && reading.TryReadToken(out _);
        if (!isWhole)
            return false;
        header = new(Named(reading, host), Named(reading, tag), SkipStructuredData(ref reading)) { SentAt = TimeOf(reading.Of(time)) };
        return true;
    }

    // Senders do not escape what they put between the quotes, as a file's name: then the end is where the JSON begins.
    private static int SkipStructuredData(ref SyslogHeaderReader reading)
    {
        var begin = reading.Position;
        reading.SkipStructuredData();
        var message = FindMessage(reading.Frame, reading.Position);
        if (reading.Frame[begin..] is not [(byte)'[', ..] || (message > begin && IsJson(reading.Frame[message..])))
            return message;
        var end = reading.Frame[begin..].IndexOf("] {\""u8);
        return end < 0 ? message : begin + end + 2;
    }

    private static SyslogHeader ReadRfc3164(ref SyslogHeaderReader reading)
    {
        Range host = default, tag = default;
        var hasTime = reading.TryReadTime(out var time);
        if (reading.TryPeekToken(out var first) && IsName(reading.Of(first), LongestHost))
        {
            if (IsTag(reading.Of(first)))
                tag = reading.Take(first);
            else if (hasTime)
                host = reading.Take(first);
        }

        if (!host.Equals(default) && reading.TryPeekToken(out var second) && IsName(reading.Of(second), LongestTag))
            tag = reading.Take(second);
        return new(host, WithoutProcess(reading, tag), FindMessage(reading.Frame, reading.Position)) { SentAt = TimeOf(reading.Of(time)) };
    }

    private static DateTime? TimeOf(ReadOnlySpan<byte> text) => Timestamp.TryParse(text, out var utc) ? utc : null;

    // Before the JSON may stand what is no header by the book: a tag with spaces, "@cee:", a number.
    private static int FindMessage(ReadOnlySpan<byte> frame, int from)
    {
        if (IsJson(frame[from..]))
            return from;
        var json = frame[from..Math.Min(frame.Length, from + LongestPrefix)].IndexOf("{\""u8);
        return json > 0 && IsPrefix(frame.Slice(from, json)) ? from + json : from;
    }

    private static bool IsPrefix(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(InPrefix) && text.ContainsAny(Alphanumeric);

    private static bool IsName(ReadOnlySpan<byte> token, int longest) =>
        token.Length <= longest && !token.ContainsAnyExcept(Printable) && token[0] is not ((byte)'[' or (byte)':');

    // RFC 3164 §4.1.3: what is not alphanumeric ends the tag; in use are a colon and a process id in brackets.
    private static bool IsTag(ReadOnlySpan<byte> token) => token is [.., (byte)':'] or [.., (byte)']'];

    private static Range Named(in SyslogHeaderReader reading, Range token) => reading.Of(token) is [(byte)'-'] ? default : token;

    private static Range WithoutProcess(in SyslogHeaderReader reading, Range tag)
    {
        var text = reading.Of(tag).TrimEnd((byte)':');
        if (text is [.., (byte)']'] && text.IndexOf((byte)'[') is > 0 and var bracket)
            text = text[..bracket];
        return text.IsEmpty ? default : tag.Start..(tag.Start.Value + text.Length);
    }
}
