using System.Diagnostics.Metrics;
using Reeve.Audit.Findings;
using Reeve.Detection;
using Reeve.Detection.Alerts;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Alerts;

/// <summary>Counters and gauges of detection. Thread-safe.</summary>
internal sealed class DetectionMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _evicted;
    private long _lag;
    private long _groups;
    private long _rules;
    private long _problems;
    private long _evictedBefore;

    /// <summary>Creates the instruments.</summary>
    public DetectionMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ReeveMetrics.MeterName);
        _alerts = _meter.CreateCounter<long>("reeve.alerts", unit: null, "Alerts raised, by level.");
        _evicted = _meter.CreateCounter<long>("reeve.detection.groups.evicted", unit: null, "Groups of correlations that were forgotten because there were too many.");
        _meter.CreateObservableGauge("reeve.detection.lag.events", () => Volatile.Read(ref _lag), unit: null, "Entries in the journal that no rule has seen yet.");
        _meter.CreateObservableGauge("reeve.detection.groups", () => Volatile.Read(ref _groups), unit: null, "Groups that correlations count.");
        _meter.CreateObservableGauge("reeve.rules", () => Volatile.Read(ref _rules), unit: null, "Rules that run.");
        _meter.CreateObservableGauge("reeve.rules.problems", () => Volatile.Read(ref _problems), unit: null, "Errors in rule files.");
    }

    /// <summary>Alerts were raised.</summary>
    public void Raised(IEnumerable<Alert> alerts)
    {
        foreach (var (level, count) in alerts.CountBy(alert => alert.Rule.Level))
            _alerts.Add(count, new KeyValuePair<string, object?>("level", level.ToName()));
    }

    /// <summary>How things stand now.</summary>
    public void Stand(DetectionEngine engine, ulong lag)
    {
        Volatile.Write(ref _lag, (long)lag);
        Volatile.Write(ref _groups, engine.Groups);
        if (engine.Evicted > _evictedBefore)
            _evicted.Add(engine.Evicted - _evictedBefore);
        _evictedBefore = engine.Evicted;
    }

    /// <summary>Rules were loaded.</summary>
    public void Loaded(int rules, int problems)
    {
        Volatile.Write(ref _rules, rules);
        Volatile.Write(ref _problems, problems);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
