using System.Globalization;

namespace Reeve.Server.Ui.Time;

/// <summary>The time zone in which a page shows times: UTC, or the one of the person's browser.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="IsLocal">Whether it is the browser's.</param>
public sealed record DisplayZone(TimeZoneInfo Zone, bool IsLocal)
{
    /// <summary>UTC.</summary>
    public static DisplayZone Utc { get; } = new(TimeZoneInfo.Utc, false);

    /// <summary>What a browser says: its zone's IANA name, or minutes east of UTC where this machine does not know the name.</summary>
    public static DisplayZone Local(string name, int offset)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return new DisplayZone(zone, true);
        var minutes = TimeSpan.FromMinutes(Math.Clamp(offset, -14 * 60, 14 * 60));
        return new DisplayZone(TimeZoneInfo.CreateCustomTimeZone("browser", minutes, null, null), true);
    }

    /// <summary>"UTC", or the offset at a time: "UTC+02:00".</summary>
    public string Name(DateTime utc)
    {
        var offset = Zone.GetUtcOffset(utc);
        return offset == TimeSpan.Zero ? "UTC" : "UTC" + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>To the millisecond: 2026-11-23 03:15:31.049.</summary>
    public string Full(DateTime utc) => Text(utc, "yyyy-MM-dd HH:mm:ss.fff");

    /// <summary>To the millisecond; the year only where it is not that of <paramref name="now"/>.</summary>
    public string Brief(DateTime utc, DateTime now) =>
        Text(utc, ToZone(utc).Year == ToZone(now).Year ? "MM-dd HH:mm:ss.fff" : "yyyy-MM-dd HH:mm:ss");

    /// <summary>To the microsecond, as the apiserver wrote it.</summary>
    public string Exact(DateTime utc) => Text(utc, "yyyy-MM-dd HH:mm:ss.ffffff");

    /// <summary>To the minute, seconds only where there are some.</summary>
    public string Short(DateTime utc) => Text(utc, utc.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss");

    /// <summary>In a format of the invariant culture.</summary>
    public string Text(DateTime utc, string format) => ToZone(utc).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A wall-clock time as UTC. A time that a clock change skipped is taken as if the clock had not changed.</summary>
    public DateTime ToUtc(DateTime wall)
    {
        var time = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        return DateTime.SpecifyKind(Clamped(time, -Zone.GetUtcOffset(time)), DateTimeKind.Utc);
    }

    private DateTime ToZone(DateTime utc)
    {
        var time = DateTime.SpecifyKind(utc, DateTimeKind.Utc);
        return Clamped(time, Zone.GetUtcOffset(time));
    }

    private static DateTime Clamped(DateTime time, TimeSpan offset) =>
        new(Math.Clamp(time.Ticks + offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
}
