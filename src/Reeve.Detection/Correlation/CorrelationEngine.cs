using Reeve.Detection.Matching;
using Reeve.Detection.Rules;
using Reeve.Detection.State;

namespace Reeve.Detection.Correlation;

/// <summary>
/// Counts what rules find, in sliding windows of event time: an event is judged together with those of its group that are less than
/// the rule's time span older, and may complete the windows of those behind it when it comes late. Clusters are never counted together.
/// A request counts once for a rule, whatever stages match it. An event without a value of a group field is in no group; of several
/// values each is a group. What fired is itself an event for the correlations that refer to it. Not thread-safe.
/// </summary>
public sealed class CorrelationEngine
{
    // What a firing hands on to the correlations that refer to it; more stood in the firings before.
    private const int MostHandedOn = 100;

    private readonly CorrelationLimits _limits;
    private readonly CorrelationWindows[] _windows;
    private readonly RuleUses _uses;
    private readonly CorrelationLoad _load = new();
    private readonly SourceWatermarks _watermarks;
    private readonly ContributionReader _reader = new();
    private readonly List<RuleUse> _found = [];
    private readonly List<(string Key, Contribution Contribution)> _added = [];
    private readonly List<string> _keys = [];
    private readonly List<Contribution> _contributions = [];

    /// <summary>Begins with nothing seen.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="limits">What may be kept.</param>
    /// <param name="time">The clock by which sources are idle; the system's where there is none.</param>
    public CorrelationEngine(RuleSet rules, CorrelationLimits limits, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(limits);
        (Rules, _limits, _uses) = (rules, limits, new RuleUses(rules));
        Seen = new RecentSet<SeenRequest>(limits.Requests);
        _watermarks = new SourceWatermarks(time ?? TimeProvider.System, limits.Idle);
        var correlations = rules.Correlations.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        _windows = [.. rules.Correlations.Select(rule => CorrelationWindows.Of(rule, limits, _load, rule.Rules.Any(correlations.Contains)))];
    }

    /// <summary>How many groups are counted.</summary>
    public int Groups => _load.Groups;

    /// <summary>How many events they keep.</summary>
    public long Events => _load.Events;

    /// <summary>How many groups were forgotten because there were too many.</summary>
    public long Evicted { get; private set; }

    /// <summary>Up to when, by event time, the sources that send have come, UTC. It never goes back.</summary>
    public DateTime Watermark => _watermarks.Current;

    internal RuleSet Rules { get; }

    internal IReadOnlyList<CorrelationWindows> Windows => _windows;

    internal RecentSet<SeenRequest> Seen { get; }

    internal CorrelationLoad Kept => _load;

    /// <summary>Reads what <see cref="Save"/> wrote. Groups of rules that ask for something else than before begin anew.</summary>
    /// <exception cref="StateFormatException">It is cut off or damaged.</exception>
    internal static CorrelationEngine Load(StateReader from, RuleSet rules, CorrelationLimits limits, TimeProvider? time)
    {
        var engine = new CorrelationEngine(rules, limits, time);
        CorrelationState.Load(from, engine);
        engine.Evict();
        return engine;
    }

    /// <summary>Writes everything that was seen and still counts.</summary>
    internal void Save(StateWriter to) => CorrelationState.Save(to, this);

    /// <summary>Counts an event; answers what fired by it, in the order of the rules.</summary>
    /// <param name="reference">Which event.</param>
    /// <param name="matched">The detection rules that match it, by their places in the set.</param>
    /// <param name="values">Its values, for the fields of correlations.</param>
    public IReadOnlyList<CorrelationFiring> Observe(EventReference reference, IReadOnlyList<int> matched, IFieldValues values)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(matched);
        List<CorrelationFiring>? fired = null;
        Observe(PackedEvent.Pack(reference), reference.Cluster, matched, values, firing => (fired ??= []).Add(firing.Keep()));
        return fired ?? [];
    }

    /// <summary>Counts an event; tells at once what fires by it, while its window is still there.</summary>
    internal void Observe(byte[] packed, string cluster, IReadOnlyList<int> matched, IFieldValues values, Action<CorrelationFiring> fired)
    {
        _found.Clear();
        _uses.Collect(matched, _found);
        if (_found.Count == 0)
            return;
        var own = new EventValues(values);
        for (var at = 0; at < _found.Count;)
        {
            var correlation = _found[at].Correlation;
            for (; at < _found.Count && _found[at].Correlation == correlation; at++)
                Read(_found[at], packed, cluster, own);
            Count(correlation, fired);
            _added.Clear();
        }
    }

    /// <summary>A source has come to an event of this time. Its events may still come late; see <see cref="CorrelationLimits.Lateness"/>.</summary>
    public void Advance(string source, DateTime time)
    {
        ArgumentNullException.ThrowIfNull(source);
        _watermarks.Advance(source, time);
    }

    /// <summary>Judges what only the end of a window tells, of windows that ended before a time, and lets go what is over; answers what fired.</summary>
    public IReadOnlyList<CorrelationFiring> Settle(DateTime watermark) => Settle(watermark.Ticks);

    /// <summary>Judges what only the end tells, because it is there.</summary>
    public IReadOnlyList<CorrelationFiring> Finish() => Settle(long.MaxValue);

    internal void Resume(DateTime watermark, long evicted)
    {
        _watermarks.Resume(watermark);
        Evicted = evicted;
    }

    private List<CorrelationFiring> Settle(long watermark)
    {
        var fired = new List<CorrelationFiring>();
        for (var correlation = 0; correlation < _windows.Length; correlation++)
        {
            var own = new List<CorrelationFiring>();
            _windows[correlation].Settle(watermark, own);
            foreach (var firing in own)
                Pass(correlation, firing, one => fired.Add(one.Keep()));
        }

        _load.Settled = Math.Max(_load.Settled, watermark);
        return fired;
    }

    private void Read(RuleUse use, byte[] packed, string cluster, EventValues values)
    {
        var rule = _windows[use.Correlation].Rule;
        _keys.Clear();
        _reader.ReadKeys(rule, use.RuleId, cluster, values, _keys);
        if (_keys.Count == 0)
            return;
        _contributions.Clear();
        _reader.ReadValues(rule, use, PackedEvent.Time(packed).Ticks, new PackedEvents(packed), values, _contributions);
        if (_contributions.Count == 0)
            return;
        // A stage without these values leaves it to a later one to count; a value is new once, whatever stages show it.
        var request = PackedEvent.RequestKey(packed);
        if (request != 0 && rule.Type != CorrelationType.NewValue && !Seen.Add(new SeenRequest(use.Correlation, use.Place, request)))
            return;
        foreach (var key in _keys)
        {
            foreach (var contribution in _contributions)
                _added.Add((key, contribution));
        }
    }

    private void Count(int correlation, Action<CorrelationFiring> fired)
    {
        if (_added.Count == 1)
        {
            Count(correlation, _added[0].Key, [_added[0].Contribution], fired);
            return;
        }

        foreach (var group in _added.GroupBy(one => one.Key, one => one.Contribution, StringComparer.Ordinal).ToArray())
            Count(correlation, group.Key, [.. group], fired);
    }

    private void Count(int correlation, string key, ReadOnlySpan<Contribution> contributions, Action<CorrelationFiring> fired)
    {
        if (_windows[correlation].Add(key, contributions) is { } firing)
            Pass(correlation, firing, fired);
        Evict();
    }

    private void Evict()
    {
        while (_load.Groups > _limits.Groups || _load.Events > _limits.Events)
        {
            var windows = _windows.Where(windows => windows.Oldest is not null).MinBy(windows => windows.Oldest!.Touched)!;
            windows.Forget(windows.Oldest!);
            Evicted++;
        }
    }

    // To the correlations that refer to it, too.
    private void Pass(int correlation, CorrelationFiring firing, Action<CorrelationFiring> fired)
    {
        fired(firing);
        var uses = _uses.OfCorrelation(correlation);
        if (uses.IsEmpty)
            return;
        var values = new FiringValues(firing);
        var events = new PackedEvents(firing.Packed[Math.Max(0, firing.Packed.Length - MostHandedOn)..].ToArray());
        foreach (var use in uses)
        {
            var rule = _windows[use.Correlation].Rule;
            var contributions = new List<Contribution>();
            _reader.ReadValues(rule, use, firing.Time.Ticks, events, values, contributions);
            var keys = new List<string>();
            _reader.ReadKeys(rule, use.RuleId, firing.Cluster, values, keys);
            foreach (var key in contributions.Count > 0 ? keys : [])
                Count(use.Correlation, key, [.. contributions], fired);
        }
    }
}
