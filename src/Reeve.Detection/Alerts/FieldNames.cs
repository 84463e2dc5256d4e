namespace Reeve.Detection.Alerts;

/// <summary>The names of the fields that alerts show, each kept once and called by a number. Not thread-safe.</summary>
internal sealed class FieldNames
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>The name of a number.</summary>
    public string this[int number] => _names[number];

    /// <summary>The number of a name, a new one for a new name.</summary>
    public int NumberOf(string name)
    {
        if (_numbers.TryGetValue(name, out var number))
            return number;
        _names.Add(name);
        _numbers.Add(name, _names.Count - 1);
        return _names.Count - 1;
    }
}
