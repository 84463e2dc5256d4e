using System.Globalization;
using System.Net;
using Reeve.Audit.Findings;
using Reeve.Detection.Alerts;

namespace Reeve.Scanning;

/// <summary>A report for people as one HTML file that asks nothing of any server: a timeline, and the alerts below it.</summary>
internal sealed class HtmlFormat : IScanFormat
{
    private const int MostEvents = 50;

    /// <inheritdoc/>
    public void Write(IReadOnlyList<Alert> alerts, LogScan scan, TextWriter output)
    {
        output.WriteLine("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Reeve scan</title>");
        output.WriteLine($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>{HtmlStyle.Text}</style></head><body>");
        output.WriteLine("<h1>What Reeve found</h1>");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<p class=\"sum\">{scan.Events:N0} events, {alerts.Count:N0} alerts, {scan.Salvaged:N0} salvaged, {scan.Unreadable:N0} unreadable</p>"));
        output.WriteLine("<p class=\"levels\">" + string.Concat(Enum.GetValues<FindingLevel>().Reverse().Select(level => $"<span class=\"{level.ToName()}\">{level.ToName()} <b>{alerts.Count(alert => alert.Rule.Level == level)}</b></span>")) + "</p>");
        if (alerts.Count == 0)
            output.WriteLine("<p class=\"none\"><b>No rule fired.</b> That says that the rules found nothing in these logs, not that nothing happened: what the audit policy did not record nobody can find.</p>");
        else
            HtmlTimeline.Write(alerts, output);
        foreach (var alert in alerts.OrderByDescending(alert => alert.Rule.Level))
            Card(alert, output);
        output.WriteLine("</body></html>");
    }

    private static void Card(Alert alert, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<article class=\"{alert.Rule.Level.ToName()}\"><h2>{Encode(alert.Rule.Title)} <small>{alert.Rule.Level.ToName()}, {Counted(alert.Count, "request")}</small></h2><p>{Encode(alert.Summary)}</p><dl>"));
        output.WriteLine($"<dt>when</dt><dd>{Time(alert.First)}{(alert.Last > alert.First ? $" to {Time(alert.Last)}" : "")}</dd><dt>who</dt><dd>{Encode(alert.Actor)}</dd><dt>what</dt><dd>{Encode(alert.Object)}</dd><dt>cluster</dt><dd>{Encode(alert.Cluster)}</dd>");
        foreach (var (field, values) in alert.Values)
            output.WriteLine($"<dt>{Encode(field)}</dt><dd>{Encode(string.Join(", ", values))}</dd>");
        if (alert.Rule.Tags.Length > 0)
            output.WriteLine($"<dt>tags</dt><dd>{Encode(string.Join(", ", alert.Rule.Tags))}</dd>");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"</dl><details><summary>{Counted(alert.Events.Count, "event")}</summary><table>"));
        foreach (var reference in alert.Events.Take(MostEvents))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<tr><td>{Time(reference.Time)}</td><td>{Encode(reference.Stage)}</td><td>{Encode(reference.File)}:{reference.Line}</td><td>{Encode(reference.AuditId)}</td></tr>"));
        output.WriteLine($"</table>{(alert.Events.Count > MostEvents ? $"<p>The first {MostEvents}; <code>--format jsonl</code> lists all.</p>" : "")}</details></article>");
    }

    private static string Counted(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");

    /// <summary>A time as the report writes it.</summary>
    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A text as HTML has it.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);
}
