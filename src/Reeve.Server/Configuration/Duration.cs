using System.Globalization;

namespace Reeve.Server.Configuration;

/// <summary>A time span as people write it: <c>30s</c>, <c>15m</c>, <c>12h</c>, <c>400d</c>, <c>2w</c>.</summary>
public static class Duration
{
    /// <summary>Reads the written form; one of nothing is none.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(text);
        span = TimeSpan.Zero;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
        long seconds = text[digits..].TrimStart(' ') switch
        {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "w" => 604_800,
            _ => 0,
        };
        if (!int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || seconds * count is <= 0 or > long.MaxValue / TimeSpan.TicksPerSecond)
            return false;
        span = TimeSpan.FromSeconds(seconds * count);
        return true;
    }
}
