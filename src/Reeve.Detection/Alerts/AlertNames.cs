namespace Reeve.Detection.Alerts;

/// <summary>The actors of an alert, or its objects: one is called by its name, of several it is said how many there are. Not thread-safe.</summary>
internal sealed class AlertNames
{
    // Enough to say "many"; whoever attacks decides how many there are.
    private const int Most = 1000;

    // Most alerts have one of each.
    private string? _only;
    private SortedSet<string>? _names;

    /// <summary>Them, in their order.</summary>
    public IReadOnlyCollection<string> All => _names is not null ? _names : _only is null ? [] : [_only];

    /// <summary>The name, or how many there are.</summary>
    public string Text => (_names?.Count ?? 0) switch { 0 => _only ?? "", < Most and var count => $"{count} different", _ => $"{Most} or more different" };

    /// <summary>Adds a name.</summary>
    public void Add(string name)
    {
        _only ??= name;
        if (_names is null && name == _only)
            return;
        _names ??= new SortedSet<string>(StringComparer.Ordinal) { _only };
        if (_names.Count < Most)
            _names.Add(name);
    }
}
