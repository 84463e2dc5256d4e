namespace Reeve.Detection.Alerts;

/// <summary>The actors of an alert, or its objects: one is called by its name, of several it is said how many there are. Not thread-safe.</summary>
internal sealed class AlertNames
{
    // Enough to say "many"; whoever attacks decides how many there are.
    private const int Most = 1000;

    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Them, in their order.</summary>
    public IReadOnlyCollection<string> All => _names;

    /// <summary>The name, or how many there are.</summary>
    public string Text => _names.Count switch { 0 => "", 1 => _names.Min!, < Most => $"{_names.Count} different", _ => $"{Most} or more different" };

    /// <summary>Adds a name.</summary>
    public void Add(string name)
    {
        if (_names.Count < Most)
            _names.Add(name);
    }
}
