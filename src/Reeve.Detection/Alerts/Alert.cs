namespace Reeve.Detection.Alerts;

/// <summary>
/// A rule fired, once or again and again for the same actor and object. It grows while it is open; whoever keeps it copies
/// what it needs. Not thread-safe.
/// </summary>
public sealed class Alert
{
    // More tell nobody anything.
    private const int MostValues = 20;

    private readonly int _mostEvents;
    private readonly List<EventReference> _events = [];
    private readonly HashSet<(string, string, DateTime, ulong)> _listed = [];
    private readonly HashSet<UInt128> _requests = [];
    private readonly OrderedDictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _actors = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _objects = new(StringComparer.Ordinal);

    internal Alert(string id, AlertRule rule, EventReference first, int mostEvents)
    {
        (Id, Rule, Cluster, First, Last, _mostEvents) = (id, rule, first.Cluster, first.Time, first.Time, mostEvents);
    }

    /// <summary>32 hexadecimal digits made of the rule, what it is grouped by and its first event: equal whenever the same events come again.</summary>
    public string Id { get; }

    /// <summary>The rule.</summary>
    public AlertRule Rule { get; }

    /// <summary>The cluster.</summary>
    public string Cluster { get; }

    /// <summary>Who did it; where several did, how many.</summary>
    public string Actor => One(_actors);

    /// <summary>What it was done to; where it was several things, how many.</summary>
    public string Object => One(_objects);

    /// <summary>The time of its earliest event, UTC.</summary>
    public DateTime First { get; private set; }

    /// <summary>The time of its latest event, UTC.</summary>
    public DateTime Last { get; private set; }

    /// <summary>How many requests; stages of one count once.</summary>
    public long Count { get; private set; }

    /// <summary>One plain sentence.</summary>
    public string Summary { get; internal set; } = "";

    /// <summary>The fields that made the rule match, with their values, each once.</summary>
    public IReadOnlyDictionary<string, List<string>> Values => _values;

    /// <summary>The events, as they came; not more than the limit.</summary>
    public IReadOnlyList<EventReference> Events => _events;

    /// <summary>Adds an event; false where it was there already.</summary>
    internal bool Add(EventReference added)
    {
        if (!_listed.Add((added.AuditId, added.Stage, added.Time, added.AuditId.Length > 0 ? 0 : added.Sequence)))
            return false;
        Count += added.RequestKey == 0 || _requests.Add(added.RequestKey) ? 1 : 0;
        (First, Last) = (added.Time < First ? added.Time : First, added.Time > Last ? added.Time : Last);
        Keep(_actors, added.Actor);
        Keep(_objects, added.Object);
        if (_events.Count < _mostEvents)
            _events.Add(added);
        return true;
    }

    /// <summary>Adds a value.</summary>
    internal void Add(string field, string value)
    {
        if (!_values.TryGetValue(field, out var values))
            _values.Add(field, values = []);
        if (values.Count < MostValues && !values.Contains(value, StringComparer.Ordinal))
            values.Add(value);
    }

    private static void Keep(SortedSet<string> all, string value)
    {
        // Enough to say "many"; an attacker decides how many there are.
        const int most = 1000;
        if (all.Count < most)
            all.Add(value);
    }

    private static string One(SortedSet<string> all) => all.Count == 1 ? all.Min! : $"{all.Count} different";
}
