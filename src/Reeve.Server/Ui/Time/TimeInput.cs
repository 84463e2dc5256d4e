using System.Globalization;

namespace Reeve.Server.Ui.Time;

/// <summary>Times as people type them.</summary>
internal static class TimeInput
{
    /// <summary>What the fields accept, for an error or a hint.</summary>
    public const string Expected = "a time like 2026-11-23 03:15, now, or -2h";

    private static readonly string[] Formats =
    [
        "yyyy-M-d", "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy-M-d H:m:s.FFFFFF",
        "yyyy-M-d'T'H:m", "yyyy-M-d'T'H:m:s", "yyyy-M-d'T'H:m:s.FFFFFF",
    ];

    /// <summary>
    /// Reads a wall-clock time of <paramref name="zone"/>, a time with its own offset (<c>…Z</c>, <c>…+02:00</c>), <c>now</c>, or
    /// a time ago (<c>-2h</c>). The result is UTC.
    /// </summary>
    public static bool TryParse(string? text, DisplayZone zone, DateTimeOffset now, out DateTime utc)
    {
        utc = default;
        var typed = text?.Trim() ?? "";
        if (typed.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            utc = now.UtcDateTime;
            return true;
        }
        if (TrySpan(typed, out var ago))
        {
            utc = now.UtcDateTime - ago;
            return true;
        }
        if (DateTime.TryParseExact(typed, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
        {
            utc = zone.ToUtc(wall);
            return true;
        }
        return typed.Length > 10
            && DateTime.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out utc);
    }

    /// <summary>Reads a time ago: <c>-15m</c>, <c>-24h</c>, <c>-7d</c>; at most ten years.</summary>
    public static bool TrySpan(string? text, out TimeSpan ago)
    {
        ago = default;
        if (text is not ['-', .. var count, var unit] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        var seconds = (double)number * unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604800, _ => 0 };
        if (seconds is <= 0 or > 3650d * 86400)
            return false;
        ago = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
