using System.Text.Json.Serialization;

namespace Reeve.Server.Sources.Clusters;

/// <summary>A cluster that is configured, assigned, or that events came for since the server started.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">Who named it.</param>
/// <param name="Hosts">The apiservers and nodes that report, as far as they say so; in order.</param>
/// <param name="Senders">How many senders deliver for it now.</param>
/// <param name="Events">Events stored under it or dropped as duplicates since the server started.</param>
/// <param name="EventsPerSecond">The mean rate of the last ten seconds that are over.</param>
/// <param name="LastEvent">When the last one arrived, before a restart too; null before the first.</param>
/// <param name="Lag">How long the last one was on its way, see <see cref="SenderStatus.Lag"/>.</param>
public sealed record ClusterStatus(
    string Name,
    ClusterOrigin Origin,
    IReadOnlyList<string> Hosts,
    int Senders,
    long Events,
    double EventsPerSecond,
    DateTimeOffset? LastEvent,
    [property: JsonIgnore] TimeSpan? Lag)
{
    /// <summary>The lag in seconds.</summary>
    public double? LagSeconds => Lag?.TotalSeconds;
}

/// <summary>Who named a cluster; the first that applies.</summary>
public enum ClusterOrigin
{
    /// <summary>It stands in <c>reeve.yaml</c>.</summary>
    Configuration,

    /// <summary>People assigned senders to it, now or since the server started.</summary>
    Assignment,

    /// <summary>Its senders send to an address with its name.</summary>
    Webhook,

    /// <summary>Nobody: it is where everything is stored that nothing else matches.</summary>
    Unmapped,
}
