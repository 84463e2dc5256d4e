using System.Collections.Immutable;

namespace Reeve.Audit.Policy.Traffic;

/// <summary>What was recorded of the requests to an apiserver within a time, added up. Immutable.</summary>
/// <param name="Rows">The events, those together that no policy tells apart.</param>
/// <param name="First">The time of the first, UTC.</param>
/// <param name="Last">The time of the last, UTC.</param>
public sealed record RecordedTraffic(ImmutableArray<TrafficRow> Rows, DateTime First, DateTime Last)
{
    /// <summary>The shortest time by which a day is told; of less, a day is as much as that time would make of it.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>Nothing.</summary>
    public static RecordedTraffic None { get; } = new([], DateTime.UnixEpoch, DateTime.UnixEpoch);

    /// <summary>How many events there are.</summary>
    public long Events => Rows.Sum(row => row.Events);

    /// <summary>Their size as JSON, in bytes.</summary>
    public long Bytes => Rows.Sum(row => row.Bytes);

    /// <summary>How often its time fits in a day.</summary>
    public double TimesADay => TimeSpan.FromDays(1) / (Last - First > Shortest ? Last - First : Shortest);
}
