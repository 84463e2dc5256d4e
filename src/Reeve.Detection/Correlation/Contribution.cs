namespace Reeve.Detection.Correlation;

/// <summary>What an event, or a correlation that fired, adds to a group. Immutable.</summary>
/// <param name="Ticks">The event's time, or that of the last event of the correlation, in ticks of UTC.</param>
/// <param name="Place">Which of the rules that the correlation refers to, by its place among them.</param>
/// <param name="Value">The values that are counted, joined; null where none are.</param>
/// <param name="Number">The number that is summed; 0 where none is.</param>
/// <param name="Events">The event, or those of the correlation.</param>
internal readonly record struct Contribution(long Ticks, int Place, string? Value, double Number, PackedEvents Events);
