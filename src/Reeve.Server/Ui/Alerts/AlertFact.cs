using Reeve.Server.Alerts;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Ui.Alerts;

/// <summary>A line of what is known about an alert.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its value; may hold anything.</param>
/// <param name="Href">Where to go on; null where there is nothing more.</param>
/// <param name="Link">A word for that.</param>
/// <param name="Hint">The same in a sentence.</param>
internal sealed record AlertFact(string Label, string Value, string? Href = null, string Link = "", string Hint = "")
{
    /// <summary>Everything about an alert that fits on a line.</summary>
    public static IEnumerable<AlertFact> Of(StoredAlert alert, DisplayZone zone)
    {
        yield return new("Actor", alert.Actor.Length > 0 ? alert.Actor : "nobody who signed in",
            alert.Actor.Length > 0 ? AlertWords.Around(alert, alert.Actor, zone.IsLocal).ToString() : null, "around", "What else this actor did, from an hour before to an hour after");
        yield return new("Object", alert.Object);
        yield return new("Cluster", alert.Cluster);
        yield return alert.First == alert.Last
            ? new("When", Stamp(alert.First, zone))
            : new("When", $"{Stamp(alert.First, zone)} to {Stamp(alert.Last, zone)}");
        yield return new("Requests", AlertWords.Requests(alert.Count), AlertWords.Events(alert, zone.IsLocal).ToString(), "search", "Its events in Search");
        yield return new("Rule", alert.Title, new AlertsAddress { IsOpen = null, Rule = alert.Title, LocalTime = zone.IsLocal }.ToString(), "all", "Every alert of this rule");
        if (alert.Tags.Count > 0)
            yield return new("Tags", string.Join(", ", alert.Tags));
    }

    private static string Stamp(DateTime time, DisplayZone zone) => $"{zone.Full(time)} {zone.Name(time)}";
}
