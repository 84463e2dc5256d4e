using System.Text.Json;
using Reeve.Benchmarks.Support;

namespace Reeve.Benchmarks.Detecting;

/// <summary>Detection on one core beside reading: all rules there are, and ten times as many.</summary>
internal static class DetectionRow
{
    private const string Core = "1";

    // docs/guide/correlation.md, and CorrelationLimits.
    private const double StatedMegabytes = 550;

    public static async Task MeasureAsync(BenchOptions options, Report report, CancellationToken ct)
    {
        var times = JsonSerializer.Deserialize<DetectTimes>(
            await Child.RunAsync("taskset", ["-c", Core, Environment.ProcessPath!, "detect", options.Bulk, .. options.Rules], ct), JsonSerializerOptions.Web)!;
        report.Add(new Figure("all rules", times.Matching, times.Reading, "ns/event", "reading and scrubbing", Goal.NotAbove(1)));
        report.Add(new Figure("ten times the rules", times.MatchingMany, times.Matching, "ns/event", "all rules", Goal.NotAbove(2)));
        report.Add(new Figure("all rules with their alerts", times.Alerting, times.Reading, "ns/event", "reading and scrubbing", Goal.NotAbove(1)));
        report.Add(new Figure("shipped rules with their alerts", times.AlertingShipped, times.Reading, "ns/event", "reading and scrubbing", Goal.NotAbove(1)));
        report.Add("rules", times.Rules, "rules");
        report.Add("matches an event", times.Matches, "rules");
        report.Add(new Figure("a million live groups", times.GroupBytes / 1e6, StatedMegabytes, "MB", "what the guide says", Goal.NotAbove(1)));
    }
}
