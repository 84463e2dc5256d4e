using System.Globalization;
using Reeve.Audit.Findings;
using Reeve.Audit.Sentences;
using Reeve.Detection.Alerts;

namespace Reeve.Scanning;

/// <summary>For people: the most serious first, each with its sentence, what matched and where its events stand.</summary>
internal sealed class TextFormat(bool isColoured) : IScanFormat
{
    private const int MostEvents = 3;
    private const int MostValues = 4;

    /// <inheritdoc/>
    public void Write(IReadOnlyList<Alert> alerts, LogScan scan, TextWriter output)
    {
        foreach (var alert in alerts.OrderByDescending(alert => alert.Rule.Level))
        {
            var level = alert.Rule.Level.ToName();
            var shown = isColoured ? $"{LevelWords.Colour(alert.Rule.Level)}{level}\e[0m" : level;
            output.WriteLine($"{shown}{new string(' ', 14 - level.Length)}{(isColoured ? "\e[1m" : "")}{alert.Rule.Title}{(isColoured ? "\e[0m" : "")}{Times(alert)}");
            output.WriteLine($"              {alert.Summary}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"              {alert.First:yyyy-MM-dd HH:mm:ss}Z  by {Printable.Text(alert.Actor)}  on {Printable.Text(alert.Object)}"));
            foreach (var (field, values) in alert.Values.Take(MostValues))
                output.WriteLine($"              {field}: {string.Join(", ", values.Take(MostValues).Select(Printable.Text))}{(values.Count > MostValues ? ", …" : "")}");
            foreach (var reference in alert.Events.Take(MostEvents))
                output.WriteLine($"              {reference.File}:{reference.Line}  {reference.Stage}  {Printable.Text(reference.AuditId)}");
            if (alert.Events.Count > MostEvents)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"              and {alert.Events.Count - MostEvents:N0} more events"));
            output.WriteLine();
        }
    }

    private static string Times(Alert alert) => alert.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"  × {alert.Count:N0}") : "";
}
