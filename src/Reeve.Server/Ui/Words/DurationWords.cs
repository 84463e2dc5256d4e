using System.Globalization;

namespace Reeve.Server.Ui.Words;

/// <summary>Spans of time as people read them.</summary>
internal static class DurationWords
{
    /// <summary>3.5 ms, 12.25 s, 4 min 10 s, 2 h 5 min, 3 d 4 h; 0 ms for a negative one.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { Ticks: <= 0 } => "0 ms",
        { TotalSeconds: < 1 } => Number(time.TotalMilliseconds, "0.### ms"),
        { TotalMinutes: < 2 } => Number(time.TotalSeconds, "0.### s"),
        { TotalHours: < 1 } => Two(time.Minutes, "min", time.Seconds, "s"),
        { TotalDays: < 1 } => Two(time.Hours, "h", time.Minutes, "min"),
        _ => Two(time.Days, "d", time.Hours, "h"),
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Two(int first, string unit, int second, string smaller) =>
        second == 0 ? $"{first} {unit}" : $"{first} {unit} {second} {smaller}";
}
