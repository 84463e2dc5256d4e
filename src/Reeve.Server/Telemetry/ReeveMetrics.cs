using System.Diagnostics.Metrics;

namespace Reeve.Server.Telemetry;

/// <summary>
/// The counters of the way of an event, updated per batch. In <c>/metrics</c> each is <c>reeve_NOUN_UNIT_total</c> with
/// the labels <c>source</c> and <c>cluster</c>. Thread-safe.
/// </summary>
public sealed class ReeveMetrics : IDisposable
{
    /// <summary>The name of the meter; other parts may create instruments on a meter of the same name.</summary>
    public const string MeterName = "Reeve";

    private readonly Meter _meter;
    private readonly Counter<long> _eventsReceived;
    private readonly Counter<long> _bytesReceived;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _salvaged;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _others;

    /// <summary>Creates the instruments.</summary>
    public ReeveMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(MeterName);
        _eventsReceived = Counter("reeve.events.received", "Events read from a source, duplicates included.");
        _bytesReceived = Counter("reeve.source.bytes", "Bytes read from a source, uncompressed.");
        _duplicates = Counter("reeve.events.duplicate", "Events dropped because the same event was there already.");
        _salvaged = Counter("reeve.events.salvaged", "Events kept although a part of them was cut or broken.");
        _others = Counter("reeve.records.other", "Records of other logs that travel with the audit log; they are kept.");
        _unreadable = Counter("reeve.records.unreadable", "Records kept that are no audit event at all.");
    }

    /// <summary>Creates an observable gauge, such as <c>reeve.journal.bytes</c>.</summary>
    public void Gauge(string name, string description, Func<long> read) => _meter.CreateObservableGauge(name, read, unit: null, description);

    /// <summary>Creates an observable gauge with a series for each of what <paramref name="read"/> answers.</summary>
    public void Gauges(string name, string description, Func<IEnumerable<Measurement<double>>> read) => _meter.CreateObservableGauge(name, read, unit: null, description);

    /// <summary>Counts events read from a source.</summary>
    public void EventsReceived(string source, string cluster, long count) => Add(_eventsReceived, source, cluster, count);

    /// <summary>Counts bytes read from a source.</summary>
    public void BytesReceived(string source, string cluster, long count) => Add(_bytesReceived, source, cluster, count);

    /// <summary>Counts events dropped as duplicates.</summary>
    public void DuplicatesDropped(string source, string cluster, long count) => Add(_duplicates, source, cluster, count);

    /// <summary>Counts events kept incomplete.</summary>
    public void Salvaged(string source, string cluster, long count) => Add(_salvaged, source, cluster, count);

    /// <summary>Counts records that are no event.</summary>
    public void Unreadable(string source, string cluster, long count) => Add(_unreadable, source, cluster, count);

    /// <summary>Records of other logs.</summary>
    public void OtherLogs(string source, string cluster, long count) => Add(_others, source, cluster, count);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private Counter<long> Counter(string name, string description) => _meter.CreateCounter<long>(name, unit: null, description);

    private static void Add(Counter<long> counter, string source, string cluster, long count)
    {
        if (count > 0)
            counter.Add(count, new("source", source), new("cluster", cluster));
    }
}
