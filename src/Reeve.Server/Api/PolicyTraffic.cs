using Reeve.Audit.Policy.Forecasts;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Api;

/// <summary>Stored traffic from which something is told.</summary>
/// <param name="From">The time of the first event.</param>
/// <param name="To">The time of the last.</param>
/// <param name="Events">How many events were read.</param>
/// <param name="Stored">How many there are in the time, about; more than were read where a sample stands for all.</param>
/// <param name="IsSample">Whether a sample was read: all numbers are estimates then.</param>
/// <param name="IsWithoutPaths">Whether there were so many different requests that paths and names were not told apart.</param>
internal sealed record PolicyTraffic(DateTime From, DateTime To, long Events, long Stored, bool IsSample, bool IsWithoutPaths)
{
    public static PolicyTraffic Of(StoredTraffic traffic) =>
        new(traffic.Traffic.First, traffic.Traffic.Last, traffic.Read, traffic.Stored, traffic.IsSample, traffic.IsWithoutPaths);
}

/// <summary>How much a day.</summary>
/// <param name="Events">Events.</param>
/// <param name="Bytes">Their size as JSON, in bytes.</param>
internal sealed record DailyVolume(double Events, double Bytes)
{
    public static DailyVolume Of(Volume volume, double timesADay) => new(volume.Events * timesADay, volume.Bytes * timesADay);
}
