using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Reeve.Audit;
using Reeve.Detection.Correlation;
using Reeve.Detection.Matching;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Alerts;

/// <summary>Puts into alerts what rules found in an event. What alerts need of the event is made once for all of its rules. Not thread-safe.</summary>
internal sealed class AlertRaiser
{
    private static readonly Func<Alert, object?, string> OfMany = static (alert, _) => AlertSentence.OfMany(alert);
    private static readonly Func<Alert, object?, string> OfGroup = static (alert, group) => AlertSentence.OfMany(alert, (IReadOnlyList<KeyValuePair<string, string>>)group!);
    private static readonly Func<Alert, object?, string> OfEvent = static (_, parts) => SentenceParts.Read((byte[])parts!);

    private readonly MatchSession _session;
    private readonly AlertGrouper _grouper;
    private readonly ImmutableArray<RaisingRule> _detections;
    private readonly Dictionary<string, AlertRule> _correlations;
    private readonly Dictionary<Slot, int> _names = new(ReferenceEqualityComparer.Instance);
    private readonly EventNaming _naming;
    private readonly SentenceParts _sentence = new();
    private PackedValues _values;
    private byte[]? _parts;

    /// <summary>Raises alerts of rules.</summary>
    /// <param name="rules">The rules; the detections in the order of the session's conditions.</param>
    /// <param name="session">Where the event is that is judged.</param>
    /// <param name="grouper">The open alerts.</param>
    public AlertRaiser(RuleSet rules, MatchSession session, AlertGrouper grouper)
    {
        (_session, _grouper, _naming) = (session, grouper, new EventNaming(session));
        _detections = [.. rules.Detections.Select(rule => RaisingRule.Of(rule, session))];
        _correlations = rules.Correlations.ToDictionary(rule => rule.Id, AlertRule.Of, StringComparer.Ordinal);
    }

    /// <summary>What is kept of the event; see <see cref="PackedEvent"/>.</summary>
    public byte[] Packed => _naming.Packed;

    /// <summary>Goes to an event, the session's.</summary>
    public void Begin(AuditEvent auditEvent, EventContext context, ulong sequence, string file)
    {
        _naming.Name(auditEvent, context, sequence, file);
        _parts = null;
    }

    /// <summary>A rule matches the event; answers its alert.</summary>
    public Alert Raise(int rule, AuditEvent auditEvent, EventContext context)
    {
        var raising = _detections[rule];
        var alert = _grouper.For(raising.Rule, _naming.Subject(raising.Scope), _naming.Cluster, _naming.Packed, _naming.Long, out var isNew);
        alert.Add(_naming.Packed, _naming.Long);
        AddValues(rule, raising, alert);
        // A later stage of the only request tells how it ended.
        if (!isNew && alert.Count != 1)
            alert.Summarise(new AlertTelling(OfMany, null));
        else if (raising.Output.IsEmpty)
            Summarise(alert, new AlertTelling(OfEvent, _parts ??= _sentence.Of(auditEvent, context)));
        else
            Summarise(alert, new AlertTelling(raising.Sentence, _sentence.Of(raising.Output.AsSpan(), _session)));
        return alert;
    }

    /// <summary>A correlation fired; answers its alert.</summary>
    public Alert Raise(CorrelationFiring firing)
    {
        var subject = AlertIdentity.SubjectOf(firing.Cluster, firing.Group.Select(part => part.Value));
        var alert = _grouper.For(_correlations[firing.Rule.Id], subject, firing.Cluster, firing.Last, null, out _);
        foreach (var packed in firing.NewTo(alert.Number))
        {
            if (!alert.Knows(PackedEvent.Sequence(packed)))
                alert.AddAny(packed);
        }

        foreach (var (name, value) in firing.Group)
            alert.Add(name, Encoding.UTF8.GetBytes(value));
        // Not of the firing, which holds its events.
        alert.Summarise(new AlertTelling(OfGroup, firing.Group));
        return alert;
    }

    private static void Summarise(Alert alert, AlertTelling telling)
    {
        alert.Summarise(telling);
        if (((byte[])telling.Facts!).Length > SentenceParts.MostKept)
            alert.Summary = telling.Of(alert);
    }

    private void AddValues(int rule, RaisingRule raising, Alert alert)
    {
        _values.Clear();
        var found = _session.Found(rule);
        for (var at = 0; at < found.Count; at++)
            AddValue(found[at].Slot, found[at].Index);
        foreach (var field in raising.Fields)
        {
            var count = _session.Count(field);
            for (var index = 0; index < count; index++)
                AddValue(field, index);
        }

        alert.Add(_values);
    }

    private void AddValue(Slot slot, int index)
    {
        var value = _session.Value(slot, index);
        _values.Add(NameOf(slot), Utf8.IsValid(value) ? value : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value)));
    }

    private int NameOf(Slot slot)
    {
        if (!_names.TryGetValue(slot, out var name))
            _names.Add(slot, name = _grouper.Names.NumberOf(slot.Field.ToString()));
        return name;
    }
}
