using System.Text;
using Reeve.Detection.Correlation;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Tests.Correlation;

/// <summary>Rules over JSON events that say their own time and request.</summary>
internal sealed class CorrelationRun
{
    private readonly MatchSession _session;
    private ulong _sequence;

    public CorrelationRun(RuleSet rules, CorrelationLimits? limits = null)
    {
        var fields = rules.Correlations.SelectMany(rule => rule.GroupBy.Concat(rule.ValueFields)).SelectMany(field => field.ByRule.Values.Append(field.Default!)).OfType<Field>();
        _session = Matcher.Compile([.. rules.Detections.Select(rule => rule.Condition)], fields).NewSession();
        Engine = new CorrelationEngine(rules, limits ?? new CorrelationLimits());
    }

    public CorrelationEngine Engine { get; }

    public IReadOnlyList<CorrelationFiring> Observe(DateTime time, string json, UInt128 request = default)
    {
        var matched = _session.Match(Encoding.UTF8.GetBytes(json));
        return Engine.Observe(new EventReference(++_sequence, time, request, $"{_sequence}", "ResponseComplete", "", 0, "c", "a", "o"), matched, _session);
    }
}
