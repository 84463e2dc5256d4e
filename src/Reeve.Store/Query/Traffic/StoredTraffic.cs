using Reeve.Audit.Policy.Traffic;

namespace Reeve.Store.Query.Traffic;

/// <summary>What of the stored traffic is asked for.</summary>
/// <param name="Range">When.</param>
/// <param name="Cluster">One Kubernetes cluster; null for all.</param>
/// <param name="HasNames">Whether objects of different names are counted apart: a policy with resourceNames needs it.</param>
public sealed record TrafficRequest(TimeRange Range, string? Cluster = null, bool HasNames = false);

/// <summary>The traffic of a time, as far as it was read. Immutable.</summary>
/// <param name="Traffic">
/// The events, added up. Of a sample the numbers are those of the whole time, so that every one is an estimate. Sizes are those of what is
/// stored: fingerprints instead of secrets, and nothing of what was cut. The bytes of <c>managedFields</c> are told without reading the JSON
/// as such, and those of the bodies, too, where their members stand in the order in which the apiserver writes them.
/// </param>
/// <param name="Read">How many events were read.</param>
/// <param name="Stored">How many there are in the time, about; the same where all were read.</param>
/// <param name="IsWithoutPaths">Whether there were so many different requests that paths and names were not told apart.</param>
public sealed record StoredTraffic(RecordedTraffic Traffic, long Read, long Stored, bool IsWithoutPaths)
{
    /// <summary>Nothing.</summary>
    public static StoredTraffic None { get; } = new(RecordedTraffic.None, 0, 0, IsWithoutPaths: false);

    /// <summary>Whether it is told from a part of the events.</summary>
    public bool IsSample => Read < Stored;
}
