using System.Globalization;
using System.Net;
using Reeve.Audit.Findings;
using Reeve.Detection.Alerts;

namespace Reeve.Scanning;

/// <summary>A report for people as one HTML file that asks nothing of any server: a timeline, and the alerts below it.</summary>
internal sealed class HtmlFormat : IScanFormat
{
    private const int MostEvents = 50;
    private const int LaneHeight = 22;
    private const int ChartWidth = 1000;

    /// <inheritdoc/>
    public void Write(IReadOnlyList<Alert> alerts, LogScan scan, TextWriter output)
    {
        output.WriteLine("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Reeve scan</title>");
        output.WriteLine($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>{Style}</style></head><body>");
        output.WriteLine("<h1>What Reeve found</h1>");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<p class=\"sum\">{scan.Events:N0} events, {alerts.Count:N0} alerts, {scan.Salvaged:N0} salvaged, {scan.Unreadable:N0} unreadable</p>"));
        output.WriteLine("<p class=\"levels\">" + string.Concat(Enum.GetValues<FindingLevel>().Reverse().Select(level => $"<span class=\"{level.ToName()}\">{level.ToName()} <b>{alerts.Count(alert => alert.Rule.Level == level)}</b></span>")) + "</p>");
        if (alerts.Count == 0)
            output.WriteLine("<p>No rule fired. That says that the rules found nothing in these logs, not that nothing happened: what the audit policy did not record nobody can find.</p>");
        else
            Timeline(alerts, output);
        foreach (var alert in alerts.OrderByDescending(alert => alert.Rule.Level))
            Card(alert, output);
        output.WriteLine("</body></html>");
    }

    private static string Style => """
        body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem;color:#1d2430;background:#fff}
        h1{font-size:1.5rem;margin:0}.sum{color:#5a6472;margin:.2rem 0 1rem}.levels span{display:inline-block;margin-right:.6rem;padding:.1rem .6rem;border-radius:1rem;border:1px solid currentColor}
        .critical{color:#a3123a}.high{color:#c2410c}.medium{color:#8a6100}.low{color:#0b6e7f}.informational{color:#5a6472}
        svg{width:100%;height:auto;margin:1rem 0;border:1px solid #d9dee5;border-radius:6px;background:#fafbfc}svg text{font:12px system-ui,sans-serif;fill:#5a6472}
        svg rect{fill:currentColor}article{border:1px solid #d9dee5;border-left:4px solid currentColor;border-radius:6px;padding:.7rem 1rem;margin:.8rem 0}
        article>*{color:#1d2430}h2{font-size:1.05rem;margin:0}h2 small{font-weight:400;color:#5a6472}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0}
        dt{color:#5a6472}dd{margin:0;overflow-wrap:anywhere}details summary{cursor:pointer;color:#5a6472}table{border-collapse:collapse;font-size:13px}td{padding:.1rem .8rem .1rem 0;overflow-wrap:anywhere}
        @media(prefers-color-scheme:dark){body,article>*{background:#12161c;color:#e6e9ee}svg{background:#171c24;border-color:#2b333f}article{border-color:#2b333f}.critical{color:#ff6b8f}.high{color:#ff9257}.medium{color:#e6b94d}.low{color:#5cc8da}.informational,dt,h2 small,.sum,details summary{color:#9aa4b2}}
        """;

    // A lane for each rule, a bar for each of its alerts from its first to its last event.
    private static void Timeline(IReadOnlyList<Alert> alerts, TextWriter output)
    {
        var (from, to) = (alerts.Min(alert => alert.First), alerts.Max(alert => alert.Last));
        var span = Math.Max(1, (to - from).TotalSeconds);
        var lanes = alerts.GroupBy(alert => alert.Rule.Title).OrderByDescending(lane => lane.Max(alert => alert.Rule.Level)).ToList();
        var height = (lanes.Count * LaneHeight) + 30;
        output.WriteLine($"<svg viewBox=\"0 0 {ChartWidth} {height}\" role=\"img\" aria-label=\"When each rule fired\">");
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var y = (lane * LaneHeight) + 4;
            output.WriteLine($"<text x=\"6\" y=\"{y + 14}\">{Encode(Short(lanes[lane].Key))}</text>");
            foreach (var alert in lanes[lane])
            {
                var x = 300 + ((alert.First - from).TotalSeconds / span * (ChartWidth - 320));
                var width = Math.Max(4, (alert.Last - alert.First).TotalSeconds / span * (ChartWidth - 320));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<rect class=\"{alert.Rule.Level.ToName()}\" x=\"{x:F1}\" y=\"{y + 3}\" width=\"{width:F1}\" height=\"13\" rx=\"2\"><title>{Time(alert.First)} {Encode(alert.Summary)}</title></rect>"));
            }
        }

        output.WriteLine($"<text x=\"300\" y=\"{height - 8}\">{Time(from)}</text><text x=\"{ChartWidth - 8}\" y=\"{height - 8}\" text-anchor=\"end\">{Time(to)}</text></svg>");
    }

    private static void Card(Alert alert, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<article class=\"{alert.Rule.Level.ToName()}\"><h2>{Encode(alert.Rule.Title)} <small>{alert.Rule.Level.ToName()}, {alert.Count:N0} requests</small></h2><p>{Encode(alert.Summary)}</p><dl>"));
        output.WriteLine($"<dt>when</dt><dd>{Time(alert.First)}{(alert.Last > alert.First ? $" to {Time(alert.Last)}" : "")}</dd><dt>who</dt><dd>{Encode(alert.Actor)}</dd><dt>what</dt><dd>{Encode(alert.Object)}</dd><dt>cluster</dt><dd>{Encode(alert.Cluster)}</dd>");
        foreach (var (field, values) in alert.Values)
            output.WriteLine($"<dt>{Encode(field)}</dt><dd>{Encode(string.Join(", ", values))}</dd>");
        if (alert.Rule.Tags.Length > 0)
            output.WriteLine($"<dt>tags</dt><dd>{Encode(string.Join(", ", alert.Rule.Tags))}</dd>");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"</dl><details><summary>{alert.Events.Count:N0} events</summary><table>"));
        foreach (var reference in alert.Events.Take(MostEvents))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<tr><td>{Time(reference.Time)}</td><td>{Encode(reference.Stage)}</td><td>{Encode(reference.File)}:{reference.Line}</td><td>{Encode(reference.AuditId)}</td></tr>"));
        output.WriteLine($"</table>{(alert.Events.Count > MostEvents ? $"<p>The first {MostEvents}; <code>--format jsonl</code> lists all.</p>" : "")}</details></article>");
    }

    private static string Short(string text) => text.Length > 44 ? text[..43] + "…" : text;

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
