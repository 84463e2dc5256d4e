using System.Text;
using System.Text.Json.Nodes;
using Reeve.Audit.Findings;
using Reeve.Detection.Alerts;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Scanning;

namespace Reeve.EndToEnd.Rules;

/// <summary>A scan of a log with the rules that come with Reeve, and with nothing on a team's lists.</summary>
internal sealed class ShippedScan
{
    private static readonly Lazy<RuleSet> Read = new(() => RuleLoader.Read(ShippedRules.Files, SigmaOptions.Of(RuleLists.Empty)).Rules);

    private ShippedScan(IReadOnlyList<Alert> alerts, long events) => (Alerts, Events) = (alerts, events);

    /// <summary>The rules.</summary>
    public static RuleSet Rules => Read.Value;

    /// <summary>What was raised, by time.</summary>
    public IReadOnlyList<Alert> Alerts { get; }

    /// <summary>How many events were read.</summary>
    public long Events { get; }

    /// <summary>Scans a file, in this process.</summary>
    public static ShippedScan Of(string path)
    {
        using var scan = new LogScan(Rules);
        scan.Reading.Read(path, progress: _ => { }, TestContext.Current.CancellationToken);
        return Finish(scan);
    }

    /// <summary>Scans one event.</summary>
    public static ShippedScan Of(JsonNode auditEvent)
    {
        using var scan = new LogScan(Rules);
        scan.Reading.Read(Encoding.UTF8.GetBytes(auditEvent.ToJsonString()));
        return Finish(scan);
    }

    private static ShippedScan Finish(LogScan scan)
    {
        scan.Finish();
        return new ShippedScan([.. scan.Alerts.OrderBy(alert => alert.First).ThenBy(alert => alert.Id, StringComparer.Ordinal)], scan.Events);
    }

    /// <summary>What was raised above a level.</summary>
    public IEnumerable<Alert> Above(FindingLevel level) => Alerts.Where(alert => alert.Rule.Level > level);

    /// <summary>Alerts in words, a line each.</summary>
    public static string Describe(IEnumerable<Alert> alerts) => string.Concat(alerts.Select(alert => $"\n    {Describe(alert)}").DefaultIfEmpty("\n    nothing"));

    private static string Describe(Alert alert)
    {
        var rows = alert.Rule.Tags.Where(tag => tag.StartsWith("catalogue.", StringComparison.Ordinal)).Select(tag => tag["catalogue.".Length..]);
        return $"{string.Join(',', rows)} {alert.Rule.Level.ToName()} | {alert.Actor} | {alert.Object} | {alert.Rule.Title} x{alert.Count}";
    }
}
