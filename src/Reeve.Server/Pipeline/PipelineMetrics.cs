using System.Diagnostics.Metrics;
using Reeve.Server.Sources;

namespace Reeve.Server.Pipeline;

/// <summary>The pipeline's counters, added to once per batch. Thread-safe.</summary>
internal sealed class PipelineMetrics
{
    private readonly Counter<long> _received;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _truncated;

    public PipelineMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Reeve");
        _received = meter.CreateCounter<long>("reeve_events_received", description: "Events and unreadable records received, duplicates included");
        _bytes = meter.CreateCounter<long>("reeve_received_bytes", description: "Bytes of records received");
        _duplicates = meter.CreateCounter<long>("reeve_events_duplicate", description: "Events dropped because they were received before");
        _unreadable = meter.CreateCounter<long>("reeve_events_unreadable", description: "Records no event could be read from, kept as they are");
        _truncated = meter.CreateCounter<long>("reeve_events_truncated", description: "Events of which a part is missing");
    }

    /// <summary>Adds one batch of a source.</summary>
    public void Add(SourceIdentity source, IntakeCounts counts)
    {
        var name = new KeyValuePair<string, object?>("source", source.Name);
        var cluster = new KeyValuePair<string, object?>("cluster", source.Cluster);
        _received.Add(counts.Events, name, cluster);
        _bytes.Add(counts.Bytes, name, cluster);
        _duplicates.Add(counts.Duplicates, name, cluster);
        _unreadable.Add(counts.Unreadable, name, cluster);
        _truncated.Add(counts.Truncated, name, cluster);
    }
}
