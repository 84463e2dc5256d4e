using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Detection;
using Reeve.Detection.Alerts;
using Reeve.Detection.Rules;

namespace Reeve.Scanning;

/// <summary>
/// Reads logs to their end and runs rules over them, without a server: any shape the reader knows, packed or not. The events of all
/// paths are one log: their own times decide what belongs together, in whatever order the files come. Not thread-safe.
/// </summary>
internal sealed class LogScan : IEventSink, IDisposable
{
    private const string Cluster = "default";

    private readonly DetectionEngine _engine;
    private readonly DateTime _now = TimeProvider.System.GetUtcNow().UtcDateTime;
    private readonly Dictionary<string, Alert> _alerts = new(StringComparer.Ordinal);
    private readonly List<Alert> _raised = [];

    public LogScan(RuleSet rules)
    {
        Reading = new LogReading(this);
        _engine = new DetectionEngine(rules, DetectionOptions.Finite);
    }

    /// <summary>Every event and unreadable record that was read, duplicates included.</summary>
    public long Events { get; private set; }

    /// <summary>Events of which a part is missing.</summary>
    public long Salvaged { get; private set; }

    /// <summary>Records in which no event could be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The alerts so far, as they were raised.</summary>
    public IReadOnlyCollection<Alert> Alerts => _alerts.Values;

    /// <summary>Reads the events.</summary>
    public LogReading Reading { get; }

    /// <summary>Judges what only the end tells.</summary>
    public void Finish()
    {
        _engine.Finish(_raised);
        TakeRaised();
    }

    /// <inheritdoc/>
    public void Accept(AuditEvent auditEvent)
    {
        Events++;
        if (auditEvent.Integrity == Integrity.Unreadable)
            Unreadable++;
        else if (auditEvent.Integrity != Integrity.Whole)
            Salvaged++;
        _engine.Observe(auditEvent, ContextOf(auditEvent), (ulong)Events, Reading.File, _raised);
        TakeRaised();
    }

    /// <inheritdoc/>
    public void Dispose() => Reading.Dispose();

    private EventContext ContextOf(AuditEvent auditEvent)
    {
        var time = auditEvent.StageAt ?? auditEvent.RequestReceivedAt ?? auditEvent.SentAt ?? _now;
        return new EventContext
        {
            Received = _now,
            Time = time,
            Day = DateOnly.FromDateTime(time),
            Cluster = Cluster,
            Source = "scan",
            Origin = new RecordOrigin(0, 0, Reading.Line),
            Ip = ClientAddress.Of(auditEvent, TrustedProxies.None),
            Integrity = auditEvent.Integrity,
            Marks = auditEvent.Marks,
            RequestKey = EventIdentity.RequestKey(Cluster, auditEvent),
        };
    }

    private void TakeRaised()
    {
        foreach (var alert in _raised)
            _alerts.TryAdd(alert.Id, alert);
        _raised.Clear();
    }
}
