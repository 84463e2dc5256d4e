using System.Runtime.InteropServices;

namespace Reeve.Audit.Requests;

/// <summary>What events share that come in about the order of their times.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Host">The apiserver or node.</param>
/// <param name="Stream">The number of the file; 0 for what is no file.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LaneKey(string Source, string Cluster, string Host, long Stream)
{
    /// <summary>The lane of an event.</summary>
    public static LaneKey Of(EventContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new LaneKey(context.Source, context.Cluster, context.Host, context.Origin.Stream);
    }
}
