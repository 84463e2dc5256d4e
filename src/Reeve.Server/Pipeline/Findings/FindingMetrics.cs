using System.Diagnostics.Metrics;
using Reeve.Server.Telemetry;
using Reeve.Store.Findings;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>Counters and gauges of the findings. Thread-safe.</summary>
internal sealed class FindingMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _findings;
    private readonly Counter<long> _evicted;
    private readonly Counter<long> _unjudged;
    private long _open;
    private long _lag;

    /// <summary>Creates the instruments.</summary>
    public FindingMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ReeveMetrics.MeterName);
        _findings = _meter.CreateCounter<long>("reeve.findings", unit: null, "Findings of the pipeline, by kind.");
        _evicted = _meter.CreateCounter<long>("reeve.requests.evicted", unit: null, "Requests without an answer that were forgotten because there were too many.");
        _unjudged = _meter.CreateCounter<long>("reeve.requests.unjudged", unit: null, "Requests without an answer in a stream that shows no answers at all.");
        _meter.CreateObservableGauge("reeve.requests.open", () => Volatile.Read(ref _open), unit: null, "Requests that wait for their answer.");
        _meter.CreateObservableGauge("reeve.findings.lag.events", () => Volatile.Read(ref _lag), unit: null, "Entries in the journal that were not looked at for findings yet.");
    }

    /// <summary>Findings were added.</summary>
    public void Added(IEnumerable<Finding> findings)
    {
        foreach (var kind in findings.CountBy(finding => finding.Kind))
            _findings.Add(kind.Value, new KeyValuePair<string, object?>("kind", kind.Key));
    }

    /// <summary>Requests were forgotten.</summary>
    public void Evicted(long count) => _evicted.Add(count);

    /// <summary>Requests were not judged.</summary>
    public void Unjudged(long count) => _unjudged.Add(count);

    /// <summary>How things stand now.</summary>
    public void Stand(int open, ulong lag)
    {
        Volatile.Write(ref _open, open);
        Volatile.Write(ref _lag, (long)lag);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
