namespace Reeve.Detection.Correlation;

/// <summary>What an event, or a correlation that fired, adds to a group. Immutable.</summary>
/// <param name="Time">The event's time, or that of the last event of the correlation.</param>
/// <param name="Rule">Which of the rules that the correlation refers to, by its place among them.</param>
/// <param name="Value">The values that are counted or summed, joined; empty where none are.</param>
/// <param name="Events">The event, or those of the correlation.</param>
internal sealed record Contribution(DateTime Time, int Rule, string Value, IReadOnlyList<EventReference> Events);
