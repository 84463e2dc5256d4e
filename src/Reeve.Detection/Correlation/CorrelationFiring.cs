using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>A correlation that fired. Immutable.</summary>
public sealed class CorrelationFiring
{
    private readonly byte[][] _packed;
    private IReadOnlyList<EventReference>? _events;

    internal CorrelationFiring(CorrelationRule rule, string cluster, IReadOnlyList<KeyValuePair<string, string>> group, double amount, DateTime time, byte[][] packed) =>
        (Rule, Cluster, Group, Amount, Time, _packed) = (rule, cluster, group, amount, time, packed);

    /// <summary>Which.</summary>
    public CorrelationRule Rule { get; }

    /// <summary>The cluster of its events.</summary>
    public string Cluster { get; }

    /// <summary>The values by which its events were told apart, by field or alias, in the rule's order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Group { get; }

    /// <summary>The count, sum, average or percentile that met the bounds; of temporal rules how many of them matched.</summary>
    public double Amount { get; }

    /// <summary>The time of the last event of its window, UTC.</summary>
    public DateTime Time { get; }

    /// <summary>The events of the window, by time, as far as the limits allow; not empty.</summary>
    public IReadOnlyList<EventReference> Events => _events ??= [.. _packed.Select(packed => PackedEvent.Unpack(packed))];

    /// <summary>The same, not unpacked.</summary>
    internal ReadOnlySpan<byte[]> Packed => _packed;

    /// <inheritdoc/>
    public override string ToString() => $"{Rule.Title} ({string.Join(", ", Group.Select(part => $"{part.Key}={part.Value}"))}): {Amount}";
}
