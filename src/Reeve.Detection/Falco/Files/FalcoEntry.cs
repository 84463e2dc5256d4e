using Reeve.Detection.Yaml;

namespace Reeve.Detection.Falco.Files;

/// <summary>A rule while files are read: later ones may add to it or put something in its place.</summary>
internal sealed class FalcoEntry(YamlBlock block, string name)
{
    /// <summary>Where it was defined first.</summary>
    public YamlBlock Block { get; set; } = block;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The pieces of its condition, in order, each with the block it stands in.</summary>
    public List<(YamlBlock Block, YamlScalar Text)> Conditions { get; } = [];

    /// <summary>The values of its other keys, by key.</summary>
    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>Its tags.</summary>
    public List<string> Tags { get; } = [];

    /// <summary>Its exceptions, by name.</summary>
    public OrderedDictionary<string, FalcoExceptions> Exceptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it runs.</summary>
    public bool IsEnabled { get; set; } = true;
}
