using System.Globalization;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Audit.Policy.Traffic;
using Reeve.Audit.Sentences;

namespace Reeve.Policies;

/// <summary>Forecasts for people: a line a rule, the sums, and what they cannot tell.</summary>
internal static class ForecastText
{
    private const int MostDifferences = 20;
    private const double Megabyte = 1e6;

    /// <summary>One policy.</summary>
    public static void Write(AuditPolicy policy, PolicyForecast forecast, TextWriter output)
    {
        output.WriteLine($"{"rule",-6}{"level",-17}{"events a day",14}{"MB a day",12}{"share",8}  busiest of what it decides about");
        foreach (var rule in forecast.Rules.Where(rule => rule.Rule != PolicyDecision.NoRule || rule.Decided.Events > 0))
        {
            var daily = rule.Volume * forecast.TimesADay;
            var (name, level) = rule.Rule == PolicyDecision.NoRule ? ("none", "None") : ($"{rule.Rule + 1}", policy.Rules[rule.Rule].Level.ToString());
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-6}{level,-17}{daily.Events,14:N0}{daily.Bytes / Megabyte,12:N1}{rule.Volume.ShareOf(forecast.Total),8:P0}  {Busiest(rule)}"));
        }

        var (total, recorded) = (forecast.Total * forecast.TimesADay, forecast.Recorded * forecast.TimesADay);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"all",-23}{total.Events,14:N0}{total.Bytes / Megabyte,12:N1}{1,8:P0}  the log holds {recorded.Events:N0} events and {recorded.Bytes / Megabyte:N1} MB a day"));
    }

    /// <summary>What is lost and gained from one to the other.</summary>
    public static void Write(PolicyComparison comparison, TextWriter output)
    {
        foreach (var (what, differences) in new[] { ("lost", comparison.Differences.Where(each => each.IsLoss)), ("gained", comparison.Differences.Where(each => each.IsGain)) })
        {
            var all = differences.ToList();
            output.WriteLine(all.Count == 0 ? $"Nothing is {what}." : $"What is {what}, from the first policy to the second:");
            foreach (var each in all.Take(MostDifferences))
            {
                var daily = (each.Second - each.First) * comparison.First.TimesADay;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {each.Verb} {Printable.Text(each.What)}: {Told(each.FirstLevel, each.FirstStages)} → {Told(each.SecondLevel, each.SecondStages)}, {daily.Events:+#,0;-#,0;0} events and {daily.Bytes / Megabyte:+#,0.0;-#,0.0;0} MB a day"));
            }

            if (all.Count > MostDifferences)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {all.Count - MostDifferences:N0} more; --format json tells all"));
        }
    }

    /// <summary>What no forecast from this log can tell.</summary>
    public static void WriteGaps(RecordedTraffic traffic, PolicyForecast forecast, TextWriter output)
    {
        var gaps = TrafficGaps.Of(traffic).ToList();
        if (gaps.Count > 0)
            output.WriteLine($"Not in the log, though every cluster has them; its own policy left them out, and a policy that records them records more than told here: {string.Join("; ", gaps)}.");
        if (forecast.Guessed.Events > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Of this {forecast.Guessed.Events * forecast.TimesADay:N0} events a day are guessed: stages that the log does not have."));
        if (forecast.WithoutBodies > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{forecast.WithoutBodies:N0} events would be recorded with bodies that the log does not have: they will be larger than told here."));
        if (forecast.Truncated > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{forecast.Truncated:N0} events are of kinds that pass {BackendTruncations.DefaultMost / 1024} KiB: --audit-log-truncate-enabled would take their bodies away."));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Told from {traffic.Events:N0} events between {traffic.First:yyyy-MM-dd HH:mm:ss}Z and {traffic.Last:yyyy-MM-dd HH:mm:ss}Z."));
    }

    private static string Busiest(RuleForecast rule) => rule.Decided.Events == 0 ? "nothing in the log"
        : string.Create(CultureInfo.InvariantCulture, $"{(rule.BusiestUser.Length == 0 ? "(no user)" : Printable.Text(rule.BusiestUser))} {rule.BusiestShare:P0}");

    private static string Told(AuditLevel level, AuditStages stages) => stages == AuditStages.None ? "nothing" : stages == AuditStages.All ? level.ToString() : $"{level} without {string.Join(", ", (AuditStages.All & ~stages).Each())}";
}
