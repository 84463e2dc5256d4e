using Reeve.Detection.State;

namespace Reeve.Detection.Alerts;

/// <summary>
/// A rule fired, once or again and again for the same actor and object. It grows while it is open; whoever keeps it copies
/// what it needs. Not thread-safe.
/// </summary>
public sealed class Alert
{
    // More tell nobody anything.
    private const int MostValues = 20;

    private readonly AlertOptions _options;
    private readonly AlertLoad _load;
    private readonly List<EventReference> _events = [];
    private readonly OrderedDictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private string? _summary = "";
    private Func<Alert, string> _summarise = _ => "";

    internal Alert(string id, long number, AlertRule rule, string cluster, DateTime first, AlertOptions options, AlertLoad load)
    {
        (Id, Number, Rule, Cluster, First, Last, _options, _load) = (id, number, rule, cluster, first, first, options, load);
        (Numbers, Identities, Requests) = (new(options.Remembered), new(options.Remembered), new(options.Remembered));
    }

    /// <summary>32 hexadecimal digits made of the rule, what it is grouped by and its first event: equal whenever the same events come again.</summary>
    public string Id { get; }

    /// <summary>The rule.</summary>
    public AlertRule Rule { get; }

    /// <summary>The cluster.</summary>
    public string Cluster { get; }

    /// <summary>Who did it; where several did, how many.</summary>
    public string Actor => Actors.Text;

    /// <summary>What it was done to; where it was several things, how many.</summary>
    public string Object => Objects.Text;

    /// <summary>The time of its earliest event, UTC.</summary>
    public DateTime First { get; internal set; }

    /// <summary>The time of its latest event, UTC.</summary>
    public DateTime Last { get; internal set; }

    /// <summary>How many requests; stages of one count once.</summary>
    public long Count { get; internal set; }

    /// <summary>One plain sentence.</summary>
    public string Summary
    {
        get => _summary ??= _summarise(this);
        internal set => _summary = value;
    }

    /// <summary>The fields that made the rule match, with their values, each once.</summary>
    public IReadOnlyDictionary<string, List<string>> Values => _values;

    /// <summary>The events, as they came; not more than the limit.</summary>
    public IReadOnlyList<EventReference> Events => _events;

    /// <summary>Which alert of the grouper it is.</summary>
    internal long Number { get; }

    /// <summary>How many events it keeps in memory.</summary>
    internal int Load => Identities.Count;

    internal AlertNames Actors { get; } = new();

    internal AlertNames Objects { get; } = new();

    internal RecentSet<ulong> Numbers { get; }

    internal RecentSet<UInt128> Identities { get; }

    internal RecentSet<UInt128> Requests { get; }

    /// <summary>Says how to make the sentence when somebody reads it: an alert that grows is read far less often than it grows.</summary>
    internal void Summarise(Func<Alert, string> summarise) => (_summary, _summarise) = (null, summarise);

    /// <summary>Whether the event of this number was added lately.</summary>
    internal bool Knows(ulong sequence) => Numbers.Contains(sequence);

    /// <summary>Adds an event; false where it was there already.</summary>
    internal bool Add(EventReference added)
    {
        if (!Numbers.Add(added.Sequence) || !Recall(AlertIdentity.Of(added)))
            return false;
        Count += added.RequestKey == 0 || Requests.Add(added.RequestKey) ? 1 : 0;
        (First, Last) = (added.Time < First ? added.Time : First, added.Time > Last ? added.Time : Last);
        Actors.Add(added.Actor);
        Objects.Add(added.Object);
        List(added);
        return true;
    }

    /// <summary>Keeps an event in mind; false where it was already.</summary>
    internal bool Recall(UInt128 identity)
    {
        var before = Load;
        var isNew = Identities.Add(identity);
        _load.Events += Load - before;
        return isNew;
    }

    /// <summary>Adds a value.</summary>
    internal void Add(string field, string value)
    {
        if (!_values.TryGetValue(field, out var values))
            _values.Add(field, values = []);
        if (values.Count < MostValues && !values.Contains(value, StringComparer.Ordinal))
            values.Add(value);
    }

    /// <summary>Lists an event, as far as the limit allows.</summary>
    internal void List(EventReference reference)
    {
        if (_events.Count < _options.Events)
            _events.Add(reference);
    }
}
