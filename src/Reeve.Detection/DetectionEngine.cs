using System.Collections.Immutable;
using Reeve.Audit;
using Reeve.Audit.Findings;
using Reeve.Audit.Reading;
using Reeve.Audit.Sentences;
using Reeve.Detection.Alerts;
using Reeve.Detection.Conditions;
using Reeve.Detection.Correlation;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Orphans;
using Reeve.Detection.Rules;
using Reeve.Detection.State;

namespace Reeve.Detection;

/// <summary>
/// Runs rules over events, one after the other, and says which alerts they raise. The same events in the same order raise the same
/// alerts with the same ids, live, on replay and in a scan. What is no event, or only a fragment of one, is not judged. Not thread-safe.
/// </summary>
public sealed class DetectionEngine
{
    private const byte StateVersion = 3;

    // A request is open for milliseconds; so many wait where something is wrong.
    private const int MostOpenRequests = 50_000;

    private readonly ImmutableArray<DetectionRule> _detections;
    private readonly MatchSession _session;
    private readonly CorrelationEngine _correlations;
    private readonly AlertGrouper _grouper;
    private readonly AlertRaiser _raiser;
    private readonly Action<CorrelationFiring> _fired;
    private readonly TimeSpan _lateness;
    private readonly OrphanWatch _orphans;
    private readonly HashSet<int> _ofOrphans;
    private readonly List<OpenRequest> _found = [];
    private readonly EventRestorer _restorer = new();
    private readonly AuditEvent _restored = new();
    private ICollection<Alert> _raised = [];

    /// <summary>Begins with nothing seen. Of the rules those meant for other logs and those that wait for a list are left out.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="options">How to count and group.</param>
    /// <param name="time">The clock by which sources are idle; the system's where there is none.</param>
    public DetectionEngine(RuleSet rules, DetectionOptions options, TimeProvider? time = null)
        : this(rules, options, known => new CorrelationEngine(known, options.Correlation, time), () => new AlertGrouper(options.Alerts))
    {
    }

    private DetectionEngine(RuleSet rules, DetectionOptions options, Func<RuleSet, CorrelationEngine> correlations, Func<AlertGrouper> grouper)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(options);
        rules = rules.Awake;
        _detections = [.. rules.Detections.Where(rule => rule.LogSource.IsAuditLog)];
        _session = Matcher.Compile([.. _detections.Select(rule => rule.Condition)], FieldsRead(rules)).NewSession();
        _correlations = correlations(rules with { Detections = _detections });
        _grouper = grouper();
        _raiser = new AlertRaiser(rules with { Detections = _detections }, _session, _grouper);
        _fired = firing => Raise(firing, _raised);
        _lateness = options.Correlation.Lateness;
        _orphans = new OrphanWatch(_lateness, MostOpenRequests);
        _ofOrphans = [.. _detections.Index().Where(rule => rule.Item.Condition.AffirmedTextsOf(CatalogueValues.FindingField).Any()).Select(rule => rule.Index)];
    }

    private static ReadOnlySpan<byte> StateMark => "RVDS"u8;

    /// <summary>How many groups of correlations are counted.</summary>
    public int Groups => _correlations.Groups;

    /// <summary>How many groups were forgotten because there were too many.</summary>
    public long Evicted => _correlations.Evicted;

    /// <summary>Up to when, by event time, the sources that send have come, UTC.</summary>
    public DateTime Watermark => _correlations.Watermark;

    /// <summary>
    /// Reads what <see cref="Save"/> wrote: after a restart, or to go on with other rules. Windows of rules that ask for the same as before
    /// are kept, those of others begin anew; open alerts are kept.
    /// </summary>
    /// <exception cref="StateFormatException">It is of another version, cut off or damaged.</exception>
    public static DetectionEngine Load(Stream stream, RuleSet rules, DetectionOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        using var from = new StateReader(stream, StateMark, StateVersion);
        var engine = new DetectionEngine(rules, options, known => CorrelationEngine.Load(from, known, options.Correlation, time), () => AlertGrouper.Load(from, options.Alerts));
        engine._orphans.Load(from);
        from.Finish();
        return engine;
    }

    /// <summary>Writes everything that was seen and still counts, with a checksum.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var to = new StateWriter(stream, StateMark, StateVersion);
        _correlations.Save(to);
        _grouper.Save(to);
        _orphans.Save(to);
        to.Finish();
    }

    /// <summary>Judges an event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="context">What the pipeline knows beside it.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="file">The file it stands in; empty without one.</param>
    /// <param name="raised">Takes the alerts that it raised or that grew by it.</param>
    public void Observe(AuditEvent auditEvent, EventContext context, ulong sequence, string file, ICollection<Alert> raised)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(raised);
        if (context.Integrity is Integrity.Unreadable or Integrity.Fragment || context.Marks.HasFlag(EventMarks.OtherLog))
            return;
        _correlations.Advance(context.Source, context.Time);
        if (_ofOrphans.Count > 0)
        {
            _orphans.Observe(auditEvent, context, sequence, file, _found);
            RaiseOrphans(raised);
        }

        Raise(_session.Match(auditEvent, context), auditEvent, context, sequence, file, raised);
    }

    /// <summary>Judges what only the end of a window tells, of windows before a time, and closes alerts that take no more.</summary>
    public void Settle(DateTime watermark, ICollection<Alert> raised)
    {
        foreach (var firing in _correlations.Settle(watermark))
            Raise(firing, raised);
        _grouper.Settle(watermark);
    }

    /// <summary>The same up to where nothing comes late any more: whenever it is called, the same is raised.</summary>
    public void Settle(ICollection<Alert> raised) => Settle(new DateTime(Math.Max(0, Watermark.Ticks - _lateness.Ticks), DateTimeKind.Utc), raised);

    /// <summary>Judges what only the end tells, because it is there.</summary>
    public void Finish(ICollection<Alert> raised)
    {
        ArgumentNullException.ThrowIfNull(raised);
        if (_ofOrphans.Count > 0)
        {
            _orphans.Finish(_found);
            RaiseOrphans(raised);
        }

        foreach (var firing in _correlations.Finish())
            Raise(firing, raised);
    }

    private static IEnumerable<Field> FieldsRead(RuleSet rules) =>
        rules.Detections.SelectMany(rule => rule.Fields.Concat(rule.Output.Select(part => part.Field).OfType<Field>()))
            .Concat(rules.Correlations.SelectMany(rule => rule.FieldsRead))
            .Concat(EventNaming.Fields);

    // What else matches was raised when the event came.
    private void RaiseOrphans(ICollection<Alert> raised)
    {
        foreach (var orphan in _found)
        {
            _restorer.Restore(orphan.Raw, _restored);
            var matched = _session.Match(_restored, orphan.Context, FindingKinds.Orphan.Name).Where(_ofOrphans.Contains).ToList();
            Raise(matched, _restored, orphan.Context, orphan.Sequence, orphan.File, raised);
        }

        _found.Clear();
    }

    private void Raise(IReadOnlyList<int> matched, AuditEvent auditEvent, EventContext context, ulong sequence, string file, ICollection<Alert> raised)
    {
        if (matched.Count == 0)
            return;
        _raiser.Begin(auditEvent, context, sequence, file);
        // Not "foreach", which takes an enumerator of the interface from the heap.
        for (var at = 0; at < matched.Count; at++)
        {
            if (_detections[matched[at]].Alerts)
                raised.Add(_raiser.Raise(matched[at], auditEvent, context));
        }

        _raised = raised;
        _correlations.Observe(_raiser.Packed, context.Cluster, matched, _session, _fired);
    }

    private void Raise(CorrelationFiring firing, ICollection<Alert> raised)
    {
        if (firing.Rule.Alerts)
            raised.Add(_raiser.Raise(firing));
    }
}
