using System.Globalization;
using Reeve.Audit.Findings;
using Reeve.Detection.Alerts;

namespace Reeve.Scanning;

/// <summary>When each rule fired: a lane for each rule, a bar for each of its alerts from its first to its last event, and an axis of round times below.</summary>
internal static class HtmlTimeline
{
    private const int MostTicks = 6;

    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        .. new[] { 1, 2, 7, 14, 30, 90, 365 }.Select(days => TimeSpan.FromDays(days)),
    ];

    /// <summary>Writes it.</summary>
    public static void Write(IReadOnlyList<Alert> alerts, TextWriter output)
    {
        var (from, to) = (alerts.Min(alert => alert.First), alerts.Max(alert => alert.Last));
        var span = TimeSpan.FromSeconds(Math.Max(1, (to - from).TotalSeconds));
        var ticks = Ticks(from, span);
        var lines = string.Concat(ticks.Select(tick => $"<i style=\"left:{Part(tick - from, span)}\"></i>"));
        output.WriteLine($"<section class=\"time\" aria-label=\"When each rule fired\"><p>{HtmlFormat.Time(from)} to {HtmlFormat.Time(to)}</p>");
        foreach (var lane in alerts.GroupBy(alert => alert.Rule.Title).OrderByDescending(lane => lane.Max(alert => alert.Rule.Level)))
        {
            output.WriteLine($"<div class=\"row\"><span>{HtmlFormat.Encode(lane.Key)}</span><div class=\"lane\">{lines}");
            foreach (var alert in lane)
                output.WriteLine($"<b class=\"{alert.Rule.Level.ToName()}\" style=\"left:{Part(alert.First - from, span)};width:{Part(alert.Last - alert.First, span)}\" title=\"{HtmlFormat.Time(alert.First)} {HtmlFormat.Encode(alert.Summary)}\"></b>");
            output.WriteLine("</div></div>");
        }

        var form = Form(from, from + span, ticks);
        output.WriteLine($"<div class=\"row axis\"><span></span><div class=\"lane\">{string.Concat(ticks.Select((tick, at) => $"<em{(at % 2 == 1 ? " class=\"odd\"" : "")} style=\"left:{Part(tick - from, span)}\">{tick.ToString(form, CultureInfo.InvariantCulture)}</em>"))}</div></div></section>");
    }

    // Round times within the span, a few.
    private static List<DateTime> Ticks(DateTime from, TimeSpan span)
    {
        var step = Steps.FirstOrDefault(step => span / step <= MostTicks - 1, Steps[^1]);
        while (span / step > MostTicks - 1)
            step *= 2;
        var ticks = new List<DateTime>();
        for (var tick = new DateTime((from.Ticks + step.Ticks - 1) / step.Ticks * step.Ticks, DateTimeKind.Utc); tick <= from + span; tick += step)
            ticks.Add(tick);
        return ticks;
    }

    private static string Form(DateTime from, DateTime to, List<DateTime> ticks) =>
        ticks.TrueForAll(tick => tick.TimeOfDay == TimeSpan.Zero) ? "yyyy-MM-dd"
        : from.Date != to.Date ? "MM-dd HH:mm"
        : ticks.TrueForAll(tick => tick.Second == 0) ? "HH:mm" : "HH:mm:ss";

    private static string Part(TimeSpan time, TimeSpan whole) => string.Create(CultureInfo.InvariantCulture, $"{100 * (time / whole):0.##}%");
}
