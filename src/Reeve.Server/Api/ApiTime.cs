using System.Globalization;

namespace Reeve.Server.Api;

/// <summary>Times in a request: RFC 3339 (<c>2026-03-01T12:00:00Z</c>), a time before now (<c>-90s</c>, <c>-15m</c>, <c>-1h</c>, <c>-7d</c>, <c>-2w</c>), or <c>now</c>.</summary>
internal static class ApiTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>What is expected where something else was sent.</summary>
    public const string Expected = "an RFC 3339 time such as 2026-03-01T12:00:00Z, a time before now such as -1h, or now";

    /// <summary>Reads a time.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="now">The time of the request.</param>
    /// <param name="time">UTC, in whole microseconds as the store keeps them.</param>
    public static bool TryParse(string text, DateTimeOffset now, out DateTime time)
    {
        time = default;
        if (text is "now")
            time = now.UtcDateTime;
        else if (text is ['-', .. var ago])
            return TryParseAgo(ago, now, out time);
        else if (!TryParseInstant(text, out time))
            return false;
        time = WholeMicroseconds(time);
        return true;
    }

    // RFC 3339 §5.6 wants an offset; without one the instant is not known.
    private static bool TryParseInstant(string text, out DateTime time)
    {
        time = default;
        if (text is not [.., 'Z' or 'z'] and not [.., '+' or '-', _, _, ':', _, _]
            || !DateTimeOffset.TryParseExact(text.ToUpperInvariant(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            return false;
        time = instant.UtcDateTime;
        return true;
    }

    private static bool TryParseAgo(string text, DateTimeOffset now, out DateTime time)
    {
        time = default;
        if (text is not [.. var digits, var unit] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var seconds = unit switch
        {
            's' => 1L,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => 0,
        };
        var ticks = (Int128)count * seconds * TimeSpan.TicksPerSecond;
        if (seconds == 0 || ticks > now.UtcTicks)
            return false;
        time = WholeMicroseconds(now.UtcDateTime.AddTicks(-(long)ticks));
        return true;
    }

    private static DateTime WholeMicroseconds(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
