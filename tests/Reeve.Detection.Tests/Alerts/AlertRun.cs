using System.Security.Cryptography;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Detection.Alerts;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Alerts;

/// <summary>Rules over audit events, read as in a pipeline.</summary>
internal sealed class AlertRun : IEventSink
{
    private readonly EventReader _reader = new(new Scrubber(new ScrubKey(RandomNumberGenerator.GetBytes(32))), new EventLimits());
    private readonly RuleSet _rules;
    private readonly DetectionOptions _options;
    private readonly List<Alert> _raised = [];
    private DetectionEngine _engine;
    private string _cluster = "";
    private ulong _sequence;

    public AlertRun(string rules, DetectionOptions? options = null)
    {
        var reading = SigmaReader.Read([new RuleFile("r.yml", rules)], new SigmaOptions());
        Assert.False(reading.HasErrors, string.Join("; ", reading.Problems));
        (_rules, _options) = (reading.Rules, options ?? new DetectionOptions());
        _engine = new DetectionEngine(_rules, _options);
    }

    /// <summary>Each alert as it was when it was raised last, in the order of their first raising.</summary>
    public OrderedDictionary<string, Alert> Alerts { get; } = new(StringComparer.Ordinal);

    public DetectionEngine Engine => _engine;

    public void Observe(string json, string cluster = "c")
    {
        _cluster = cluster;
        _reader.Read(Encoding.UTF8.GetBytes(json), this);
        foreach (var alert in _raised)
            Alerts[alert.Id] = alert;
        _raised.Clear();
    }

    public void Restart() => _engine = DetectionEngine.Load(new MemoryStream(Save()), _rules, _options);

    public byte[] Save()
    {
        using var stream = new MemoryStream();
        _engine.Save(stream);
        return stream.ToArray();
    }

    public void Accept(AuditEvent auditEvent)
    {
        var time = auditEvent.StageAt!.Value;
        var context = new EventContext
        {
            Received = time,
            Time = time,
            Day = DateOnly.FromDateTime(time),
            Cluster = _cluster,
            Source = "s",
            Integrity = auditEvent.Integrity,
            Marks = auditEvent.Marks,
            RequestKey = EventIdentity.RequestKey(_cluster, auditEvent),
        };
        _engine.Observe(auditEvent, context, ++_sequence, "", _raised);
    }
}
