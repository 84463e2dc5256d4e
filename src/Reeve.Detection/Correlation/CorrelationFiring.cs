using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>A correlation that fired.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Group">The values by which its events were told apart, by field or alias, in the rule's order.</param>
/// <param name="Amount">The count, sum, average or percentile that met the bounds; of temporal rules how many of them matched.</param>
/// <param name="Events">The events of the window, by time.</param>
public sealed record CorrelationFiring(CorrelationRule Rule, IReadOnlyList<KeyValuePair<string, string>> Group, double Amount, IReadOnlyList<EventReference> Events)
{
    /// <summary>The time of its last event.</summary>
    public DateTime Time => Events[^1].Time;
}
