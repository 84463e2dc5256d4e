using System.Globalization;
using Reeve.Audit.Sentences;

namespace Reeve.Detection.Alerts;

/// <summary>The plain sentence of an alert.</summary>
internal static class AlertSentence
{
    /// <summary>Of many requests.</summary>
    public static string OfMany(Alert alert) => $"{Requests(alert)} within {Span(alert.Last - alert.First)}";

    /// <summary>Of a correlation, with the values by which its events were told apart.</summary>
    public static string OfMany(Alert alert, IEnumerable<KeyValuePair<string, string>> group)
    {
        var by = string.Join(", ", group.Where(part => part.Value != alert.Actor).Select(part => $"{part.Key} {Printable.Text(part.Value)}"));
        return $"{OfMany(alert)}{(by.Length > 0 ? $" ({by})" : "")}";
    }

    private static string Requests(Alert alert)
    {
        var who = alert.Actors.All.Count switch { 1 when alert.Actor.Length > 0 => Printable.Text(alert.Actor), 0 or 1 => "somebody", _ => $"{alert.Actor} actors" };
        var many = alert.Count == 1 ? "1 request that matches" : $"{alert.Count.ToString("N0", CultureInfo.InvariantCulture)} requests that match";
        return $"{who} sent {many} '{Printable.Text(alert.Rule.Title)}'";
    }

    private static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => "a second",
        { TotalMinutes: < 2 } => $"{Math.Ceiling(span.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s",
        { TotalHours: < 2 } => $"{Math.Ceiling(span.TotalMinutes).ToString(CultureInfo.InvariantCulture)} min",
        _ => $"{Math.Ceiling(span.TotalHours).ToString(CultureInfo.InvariantCulture)} h",
    };
}
