using System.Text;
using Reeve.Detection.Correlation;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;
using Reeve.Detection.State;

namespace Reeve.Detection.Tests.Correlation;

/// <summary>Rules over JSON events that say their own time and request.</summary>
internal sealed class CorrelationRun
{
    private const byte Version = 1;

    private readonly RuleSet _rules;
    private readonly CorrelationLimits _limits;
    private readonly TimeProvider? _time;
    private readonly MatchSession _session;
    private ulong _sequence;

    public CorrelationRun(RuleSet rules, CorrelationLimits? limits = null, TimeProvider? time = null)
    {
        (_rules, _limits, _time) = (rules, limits ?? new CorrelationLimits(), time);
        _session = Matcher.Compile([.. rules.Detections.Select(rule => rule.Condition)], rules.Correlations.SelectMany(rule => rule.FieldsRead)).NewSession();
        Engine = new CorrelationEngine(rules, _limits, time);
    }

    public CorrelationEngine Engine { get; private set; }

    public IReadOnlyList<CorrelationFiring> Observe(DateTime time, string json, UInt128 request = default, string cluster = "c")
    {
        var matched = _session.Match(Encoding.UTF8.GetBytes(json));
        return Engine.Observe(new EventReference(++_sequence, time, request, $"{_sequence}", "ResponseComplete", "", 0, cluster, "a", "o"), matched, _session);
    }

    /// <summary>Goes on with what is saved and loaded, as after a restart; or with other rules.</summary>
    public void Restart(RuleSet? rules = null) => Engine = Load(Save(), rules ?? _rules);

    public byte[] Save()
    {
        using var stream = new MemoryStream();
        using var to = new StateWriter(stream, Mark, Version);
        Engine.Save(to);
        to.Finish();
        return stream.ToArray();
    }

    public CorrelationEngine Load(byte[] saved, RuleSet rules)
    {
        using var from = new StateReader(new MemoryStream(saved), Mark, Version);
        var engine = CorrelationEngine.Load(from, rules, _limits, _time);
        from.Finish();
        return engine;
    }

    private static ReadOnlySpan<byte> Mark => "TEST"u8;
}
