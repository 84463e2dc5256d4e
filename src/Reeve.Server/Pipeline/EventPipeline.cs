using Reeve.Audit.Reading;
using Reeve.Audit.Salvage;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Sources;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Pipeline;

/// <summary>
/// The way of an event from a source to the journal. Sources open an intake each; what they share is here. Thread-safe.
/// </summary>
public sealed class EventPipeline
{
    private readonly ScrubKey _key;
    private readonly DeclaredPaths _paths;
    private readonly EventLimits _limits;
    private readonly TimeProvider _time;
    private readonly ReeveMetrics _metrics;
    private readonly SenderRegistry _senders;

    internal EventPipeline(
        Journal journal, ScrubKey key, DeclaredPaths paths, EventLimits limits, TimeSpan horizon, RecentEvents recent,
        SenderRegistry senders, JournalledPositions positions, ReeveMetrics metrics, TimeProvider time)
    {
        Journal = journal;
        Horizon = horizon;
        Recent = recent;
        Positions = positions;
        _key = key;
        _paths = paths;
        _limits = limits;
        _senders = senders;
        _metrics = metrics;
        _time = time;
    }

    /// <summary>Where events are made safe.</summary>
    public Journal Journal { get; }

    /// <summary>How old an event may be to be stored under its own day.</summary>
    internal TimeSpan Horizon { get; }

    /// <summary>What was received lately.</summary>
    internal RecentEvents Recent { get; }

    /// <summary>How far each source was journalled.</summary>
    internal JournalledPositions Positions { get; }

    /// <summary>What is not fsynced yet.</summary>
    internal InFlightBatches InFlight { get; } = new();

    /// <summary>Opens an intake for a source or for one of its connections.</summary>
    public SourceIntake Open(SourceIdentity source) => new(source, this);

    internal EventReader CreateReader() => new(new Scrubber(_key, _paths), _limits);

    // The store keeps microseconds; what a row says must equal what the journal says.
    internal DateTime Now()
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    internal void NoteCut(SourceIdentity source, CutCause cause) =>
        _senders.Note(source, cause.Code, $"Events arrive incomplete. {cause.Text}.", cause.Mend);

    internal void Report(SourceIdentity source, IntakeCounts counts, DateTime received)
    {
        counts.AddTo(_metrics, source);
        _senders.Add(source, counts, received);
    }
}
