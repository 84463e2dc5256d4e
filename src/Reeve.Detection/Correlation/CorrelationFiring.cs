using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation;

/// <summary>A correlation that fired. Immutable.</summary>
public sealed class CorrelationFiring
{
    private readonly FiredWindow _window;
    private byte[][]? _packed;
    private IReadOnlyList<EventReference>? _events;

    internal CorrelationFiring(CorrelationRule rule, string cluster, IReadOnlyList<KeyValuePair<string, string>> group, double amount, DateTime time, FiredWindow window) =>
        (Rule, Cluster, Group, Amount, Time, _window) = (rule, cluster, group, amount, time, window);

    /// <summary>Which.</summary>
    public CorrelationRule Rule { get; }

    /// <summary>The cluster of its events.</summary>
    public string Cluster { get; }

    /// <summary>The values by which its events were told apart, by field or alias, in the rule's order; of a new value, that value, too.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Group { get; }

    /// <summary>The count, sum, average or percentile that met the bounds; of temporal rules how many of them matched.</summary>
    public double Amount { get; }

    /// <summary>The time of the last event of its window, UTC.</summary>
    public DateTime Time { get; }

    /// <summary>The events of the window, by time, as far as the limits allow; not empty.</summary>
    public IReadOnlyList<EventReference> Events => _events ??= [.. Kept.Select(packed => PackedEvent.Unpack(packed))];

    /// <summary>The same, not unpacked.</summary>
    internal ReadOnlySpan<byte[]> Packed => Kept;

    /// <summary>The last of its events.</summary>
    internal byte[] Last => _packed is { } kept ? kept[^1] : _window.Last();

    private byte[][] Kept => _packed ??= _window.All();

    /// <summary>The events that an alert has not been told of. Only while the group is as it was.</summary>
    internal ReadOnlySpan<byte[]> NewTo(long alert) => _packed ?? _window.NewTo(alert);

    /// <summary>Takes its events out of the group, which may then change.</summary>
    internal CorrelationFiring Keep()
    {
        _packed ??= _window.All();
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Rule.Title} ({string.Join(", ", Group.Select(part => $"{part.Key}={part.Value}"))}): {Amount}";
}
