using System.Runtime.InteropServices;
using Reeve.Audit;

namespace Reeve.Detection.Orphans;

/// <summary>What events share that come in about the order of their times.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Host">The apiserver or node.</param>
/// <param name="Stream">The number of the file; 0 for what is no file.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LaneKey(string Source, string Cluster, string Host, long Stream)
{
    /// <summary>The lane of an event.</summary>
    public static LaneKey Of(EventContext context) => new(context.Source, context.Cluster, context.Host, context.Origin.Stream);
}

/// <summary>A lane, how far its events have come, and its requests without an answer. Not thread-safe.</summary>
internal sealed class Lane
{
    /// <summary>The latest time of an event, UTC.</summary>
    public DateTime Latest { get; set; }

    /// <summary>Whether it shows answers at all; a policy may leave them out.</summary>
    public bool ShowsAnswers { get; set; }

    /// <summary>Its requests as they came, those among them that were answered since.</summary>
    public Queue<OpenRequest> Waiting { get; } = new();
}
