using System.Buffers.Text;

namespace Reeve.Server.Sources.Syslog;

/// <summary>Goes through the parts of a syslog header one by one.</summary>
internal ref struct SyslogHeaderReader(ReadOnlySpan<byte> frame)
{
    // "Nov 23 03:00:46" (RFC 3164 §4.1.2).
    private const int TimeLength = 15;

    /// <summary>All of the frame.</summary>
    public ReadOnlySpan<byte> Frame { get; } = frame;

    /// <summary>Where the next part begins.</summary>
    public int Position { get; set; }

    private readonly ReadOnlySpan<byte> Rest => Frame[Position..];

    /// <summary>The bytes of a part.</summary>
    public readonly ReadOnlySpan<byte> Of(Range part) => Frame[part];

    /// <summary>Reads <c>&lt;PRI&gt;</c>.</summary>
    public bool TryReadPriority()
    {
        if (Rest is not [(byte)'<', ..] || !Utf8Parser.TryParse(Rest[1..], out byte _, out var digits)
            || Rest.Length < digits + 2 || Rest[digits + 1] != '>')
            return false;
        Position += digits + 2;
        return true;
    }

    /// <summary>Reads the version of RFC 5424.</summary>
    public bool TryReadVersion()
    {
        if (!Rest.StartsWith("1 "u8))
            return false;
        Position += 2;
        return true;
    }

    /// <summary>Reads a time as RFC 3164 or RFC 3339 write it.</summary>
    public bool TryReadTime(out Range time)
    {
        time = default;
        if (Rest.Length > TimeLength && Rest[3] == ' ' && Rest[6] == ' ' && Rest[9] == ':' && Rest[12] == ':' && Rest[TimeLength] == ' ')
        {
            Position += TimeLength + 1;
            return true;
        }

        if (!TryPeekToken(out var token) || Of(token) is not [>= (byte)'0' and <= (byte)'9', _, _, _, (byte)'-', _, _, (byte)'-', _, _, (byte)'T', ..])
            return false;
        time = Take(token);
        return true;
    }

    /// <summary>Reads a part up to the next space.</summary>
    public bool TryReadToken(out Range token)
    {
        if (!TryPeekToken(out token))
            return false;
        Take(token);
        return true;
    }

    /// <summary>Looks at the part up to the next space.</summary>
    public readonly bool TryPeekToken(out Range token)
    {
        var length = Rest.IndexOf((byte)' ');
        token = length <= 0 ? default : Position..(Position + length);
        return length > 0;
    }

    /// <summary>Goes on behind a part and the spaces behind it.</summary>
    public Range Take(Range token)
    {
        Position = token.End.Value;
        while (Position < Frame.Length && Frame[Position] == ' ')
            Position++;
        return token;
    }

    /// <summary>
    /// Goes on behind STRUCTURED-DATA (RFC 5424 §6.3). Where that never ends, as when its sender escaped no quote, the
    /// position stays before it.
    /// </summary>
    public void SkipStructuredData()
    {
        var at = Position;
        if (Rest is [(byte)'-'] or [(byte)'-', (byte)' ', ..])
            at++;
        while (at < Frame.Length && Frame[at] == '[')
        {
            var end = EndOfElement(Frame[at..]);
            if (end < 0)
                return;
            at += end;
        }

        Take(Position..at);
    }

    private static int EndOfElement(ReadOnlySpan<byte> element)
    {
        var isQuoted = false;
        for (var at = 0; at < element.Length; at++)
        {
            switch (element[at])
            {
                case (byte)'\\' when isQuoted:
                    at++;
                    break;
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                case (byte)']' when !isQuoted:
                    return at + 1;
            }
        }

        return -1;
    }
}
