using System.Text.Encodings.Web;
using System.Text.Json;
using Reeve.Audit.Findings;
using Reeve.Detection.Alerts;

namespace Reeve.Scanning;

/// <summary>One alert a line, for programs.</summary>
internal sealed class JsonLinesFormat : IScanFormat
{
    // It goes to programs, not into a page.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public void Write(IReadOnlyList<Alert> alerts, LogScan scan, TextWriter output)
    {
        foreach (var alert in alerts)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new
                {
                    rule = new { id = alert.Rule.Id, title = alert.Rule.Title, level = alert.Rule.Level.ToName(), tags = alert.Rule.Tags },
                    time = alert.First,
                    cluster = alert.Cluster,
                    actor = alert.Actor,
                    @object = alert.Object,
                    summary = alert.Summary,
                    events = alert.Events.Select(reference => new { auditID = reference.AuditId, stage = reference.Stage, file = reference.File, line = reference.Line }),
                    values = alert.Values,
                },
                Options));
        }
    }
}
