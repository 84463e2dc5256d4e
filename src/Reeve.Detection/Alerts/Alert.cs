using Reeve.Detection.Correlation;

namespace Reeve.Detection.Alerts;

/// <summary>
/// A rule fired, once or again and again for the same actor and object. It grows while it is open; whoever keeps it copies
/// what it needs. What is read of it is made when it is read, as most alerts grow far more often than that. Not thread-safe.
/// </summary>
public sealed class Alert
{
    private readonly AlertOptions _options;
    private readonly AlertLoad _load;
    private readonly AlertEvents _events = new();
    private string? _id;
    private byte[]? _opener;

    // The one event that it knows as long as it has no sets.
    private byte[]? _first;
    private KnownEvents? _known;
    private AlertNames? _actors;
    private AlertNames? _objects;
    private PackedValues _values;
    private string? _summary = "";
    private AlertTelling _telling;

    internal Alert(AlertKey key, long number, AlertRule rule, string cluster, DateTime first, AlertOptions options, AlertLoad load) =>
        (Key, Number, Rule, Cluster, First, Last, _options, _load) = (key, number, rule, cluster, first, first, options, load);

    /// <summary>32 hexadecimal digits made of the rule, what it is grouped by and its first event: equal whenever the same events come again.</summary>
    public string Id
    {
        get
        {
            _id ??= AlertIdentity.Of(Key.RuleId, Key.Subject, PackedEvent.Unpack(_opener));
            _opener = null;
            return _id;
        }
    }

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
        get => _summary ??= _telling.Of(this);
        internal set => (_summary, _telling) = (value, default);
    }

    /// <summary>The fields that made the rule match, with their values, each once, as they are now.</summary>
    public IReadOnlyDictionary<string, List<string>> Values => _values.Read(_load.Names);

    /// <summary>The events, as they came; not more than the limit.</summary>
    public IReadOnlyList<EventReference> Events => _events;

    /// <summary>What all its events have in common.</summary>
    internal AlertKey Key { get; }

    /// <summary>Which alert of the grouper it is.</summary>
    internal long Number { get; }

    /// <summary>The open alert that was touched before it.</summary>
    internal Alert? Older { get; set; }

    /// <summary>The open alert that was touched after it.</summary>
    internal Alert? Newer { get; set; }

    /// <summary>The open alert with the same key that was opened before it.</summary>
    internal Alert? Earlier { get; set; }

    /// <summary>How many events it keeps in memory.</summary>
    internal int Load => _known?.Marks.Count ?? (_first is null ? 0 : 1);

    /// <summary>Who did it.</summary>
    internal AlertNames Actors
    {
        get
        {
            NameByFirst();
            return _actors!;
        }
    }

    /// <summary>What it was done to.</summary>
    internal AlertNames Objects
    {
        get
        {
            NameByFirst();
            return _objects!;
        }
    }

    /// <summary>The events it lists.</summary>
    internal AlertEvents Listed => _events;

    /// <summary>The events it knows again.</summary>
    internal KnownEvents Known
    {
        get
        {
            if (_known is not null)
                return _known;
            _known = new KnownEvents(_options.Remembered);
            if (_first is not null)
                _known.Add(_first, EventMark.Of(_first), out _);
            return _known;
        }
    }

    /// <summary>Which event opened it, so that its id can be made of it.</summary>
    internal void OpenedBy(byte[] packed) => _opener = packed;

    /// <summary>Says what its id is.</summary>
    internal void Identify(string id) => _id = id;

    /// <summary>Says how to make the sentence when somebody reads it.</summary>
    internal void Summarise(AlertTelling telling) => (_summary, _telling) = (null, telling);

    /// <summary>Whether the event of this number was added lately.</summary>
    internal bool Knows(ulong sequence) => _known is null ? _first is not null && PackedEvent.Sequence(_first) == sequence : _known.Numbers.Contains(sequence);

    /// <summary>Adds an event that has the actor and object of all others.</summary>
    /// <param name="packed">The event.</param>
    /// <param name="whole">The same with texts that were too long to be packed; null where there is none.</param>
    internal void Add(byte[] packed, EventReference? whole)
    {
        if (whole is null)
        {
            Take(packed, null);
            return;
        }

        // Of what was cut these cannot be made.
        _ = Known;
        if (_actors is null)
            Name(whole.Actor, whole.Object);
        Take(packed, EventMark.OfText(whole));
    }

    /// <summary>Adds an event of whatever actor and object.</summary>
    internal void AddAny(byte[] packed)
    {
        NameByFirst();
        if (!Take(packed, null))
            return;
        var (actor, @object) = PackedEvent.Names(packed);
        _actors!.Add(actor);
        _objects!.Add(@object);
    }

    /// <summary>Adds a value, UTF-8.</summary>
    internal void Add(string field, ReadOnlySpan<byte> value) => _values.Add(_load.Names.NumberOf(field), value);

    /// <summary>Adds the values of an event.</summary>
    internal void Add(in PackedValues values) => _values.Add(values);

    /// <summary>The events it knows again were read, and count from now on.</summary>
    internal void Resume() => _load.Events += Load;

    private bool Take(byte[] packed, EventMark? mark)
    {
        var (before, isRequest) = (Load, true);
        // Most alerts have one event, and need no sets to know it again.
        if (_known is null && _first is null)
            _first = packed;
        else if (!Known.Add(packed, mark ?? EventMark.Of(packed), out isRequest))
            return false;
        _load.Events += Load - before;
        Count += isRequest ? 1 : 0;
        var time = PackedEvent.Time(packed);
        (First, Last) = (time < First ? time : First, time > Last ? time : Last);
        if (_events.Count < _options.Events)
            _events.Add(packed);
        return true;
    }

    private void NameByFirst()
    {
        if (_actors is not null)
            return;
        if (_first is null)
        {
            (_actors, _objects) = (new AlertNames(), new AlertNames());
            return;
        }

        var (actor, @object) = PackedEvent.Names(_first);
        Name(actor, @object);
    }

    private void Name(string actor, string @object)
    {
        (_actors, _objects) = (new AlertNames(), new AlertNames());
        _actors.Add(actor);
        _objects.Add(@object);
    }
}
