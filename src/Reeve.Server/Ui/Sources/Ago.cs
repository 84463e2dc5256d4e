using System.Globalization;

namespace Reeve.Server.Ui.Sources;

/// <summary>Spans of time as a person says them.</summary>
internal static class Ago
{
    /// <summary>"just now", "12 s ago", "3 min ago", "5 h ago", "2 d ago".</summary>
    public static string Words(TimeSpan since) => since < TimeSpan.FromSeconds(1.5) ? "just now" : Span(since) + " ago";

    /// <summary>With tenths of a second below ten: "0.4 s ago".</summary>
    public static string Exact(TimeSpan since) => since < TimeSpan.FromSeconds(10) ? Seconds(since) + " ago" : Words(since);

    /// <summary>"12 s", "3 min", "5 h", "2 d".</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => Whole(span.TotalSeconds, "s"),
        { TotalMinutes: < 60 } => Whole(span.TotalMinutes, "min"),
        { TotalHours: < 48 } => Whole(span.TotalHours, "h"),
        _ => Whole(span.TotalDays, "d"),
    };

    /// <summary>How late events come: "0.4 s", "3 min"; a sender's clock may be ahead of ours.</summary>
    public static string Lag(TimeSpan? lag) => lag switch
    {
        null => "–",
        { TotalSeconds: < -1 } ahead => $"clock {Span(-ahead)} ahead",
        { TotalSeconds: < 10 } little => Seconds(little < TimeSpan.Zero ? TimeSpan.Zero : little),
        { } late => Span(late),
    };

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");

    private static string Whole(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value):0} {unit}");
}
