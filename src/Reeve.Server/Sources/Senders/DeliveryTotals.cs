using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Senders;

/// <summary>What was delivered since the server started.</summary>
/// <param name="Events">Events and unreadable records, duplicates included.</param>
/// <param name="Duplicates">Those received before.</param>
/// <param name="Unreadable">Records no event could be read from.</param>
/// <param name="Cut">Events of which a part is missing.</param>
/// <param name="LastEvent">When the last one arrived; null before the first.</param>
/// <param name="Lag">How long the last new one that names its time was on its way; null before the first.</param>
internal sealed record DeliveryTotals(long Events, long Duplicates, long Unreadable, long Cut, DateTimeOffset? LastEvent, TimeSpan? Lag)
{
    /// <summary>Nothing yet.</summary>
    public static DeliveryTotals None { get; } = new(0, 0, 0, 0, null, null);

    /// <summary>These and one batch more.</summary>
    /// <param name="counts">What the batch held.</param>
    /// <param name="received">When the last of it was received, UTC.</param>
    public DeliveryTotals With(IntakeCounts counts, DateTime received) => new(
        Events + counts.Events,
        Duplicates + counts.Duplicates,
        Unreadable + counts.Unreadable,
        Cut + counts.Truncated,
        counts.Events > 0 ? new DateTimeOffset(received) : LastEvent,
        counts.Lag ?? Lag);

    /// <summary>Both together; the last event is the later one's.</summary>
    public static DeliveryTotals operator +(DeliveryTotals one, DeliveryTotals other)
    {
        var (earlier, later) = one.LastEvent > other.LastEvent || other.LastEvent is null ? (other, one) : (one, other);
        return new(
            one.Events + other.Events,
            one.Duplicates + other.Duplicates,
            one.Unreadable + other.Unreadable,
            one.Cut + other.Cut,
            later.LastEvent,
            later.Lag ?? earlier.Lag);
    }
}

/// <summary>What one source delivered for one cluster.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Kind">The source's type.</param>
/// <param name="Cluster">The cluster the events were stored under.</param>
/// <param name="Totals">What it delivered since the server started.</param>
/// <param name="EventsPerSecond">The mean rate of the last ten seconds that are over.</param>
internal sealed record ClusterDelivery(string Source, string Kind, string Cluster, DeliveryTotals Totals, double EventsPerSecond);
