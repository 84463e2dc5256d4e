using System.Net;

namespace Reeve.Server.Configuration;

/// <summary>Where a value was written.</summary>
/// <param name="Where">The file or the environment variable.</param>
/// <param name="Line">1-based; 0 where there is none.</param>
/// <param name="Column">1-based; 0 where there is none.</param>
internal sealed record ConfigurationPlace(string Where, int Line = 0, int Column = 0)
{
    public ConfigurationError Error(string message) => new(Where, Line, Column, message);
}

/// <summary>The checked values of one block, known by the last part of their key's path; what is missing was left out.</summary>
internal sealed class ConfigurationBlock(ConfigurationPlace place)
{
    private readonly Dictionary<string, (object Value, ConfigurationPlace Place)> _values = new(StringComparer.Ordinal);

    /// <summary>Where the block begins.</summary>
    public ConfigurationPlace Place => place;

    public void Set(string name, object value, ConfigurationPlace at) => _values[name] = (value, at);

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Where the value was written; the block's own place where it was left out.</summary>
    public ConfigurationPlace PlaceOf(string name) => _values.TryGetValue(name, out var found) ? found.Place : place;

    public string? Text(string name) => Value<string>(name);

    public long? Size(string name) => _values.TryGetValue(name, out var found) ? (long)found.Value : null;

    public TimeSpan? Duration(string name) => _values.TryGetValue(name, out var found) ? (TimeSpan)found.Value : null;

    public Uri? Url(string name) => Value<Uri>(name);

    public ListenAddress? Listen(string name) => Value<ListenAddress>(name);

    public IReadOnlyList<string> Texts(string name) => Value<IReadOnlyList<string>>(name) ?? [];

    public IReadOnlyList<IPNetwork> Networks(string name) => Value<IReadOnlyList<IPNetwork>>(name) ?? [];

    public ConfigurationBlock? Block(string name) => Value<ConfigurationBlock>(name);

    public IReadOnlyList<ConfigurationBlock> Blocks(string name) => Value<IReadOnlyList<ConfigurationBlock>>(name) ?? [];

    /// <summary>The block of that name, made where it was left out.</summary>
    public ConfigurationBlock Enter(string name, ConfigurationPlace at)
    {
        if (Block(name) is { } inner)
            return inner;
        var made = new ConfigurationBlock(at);
        Set(name, made, at);
        return made;
    }

    private T? Value<T>(string name)
        where T : class => _values.TryGetValue(name, out var found) ? (T)found.Value : null;
}
