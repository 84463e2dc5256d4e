using Reeve.Detection.Yaml;

namespace Reeve.Server.Setup.Manifests;

/// <summary>Asks the nodes of a manifest for what must be there.</summary>
internal static class NodeReading
{
    /// <summary>The entry of a key; null where it is absent.</summary>
    /// <exception cref="ManifestRefusedException">The key stands twice.</exception>
    public static (YamlScalar Key, YamlNode Value)? Entry(this YamlMapping mapping, string key)
    {
        (YamlScalar Key, YamlNode Value)? found = null;
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key.Value != key)
                continue;
            if (found is { } first)
                throw new ManifestRefusedException(entry.Key.Line, entry.Key.Column, $"the key '{key}' is here twice; line {first.Key.Line} has it already");
            found = entry;
        }

        return found;
    }

    /// <summary>A text; null where it is absent.</summary>
    public static YamlScalar? Text(this YamlMapping mapping, string key) => mapping.Of<YamlScalar>(key, "a text");

    /// <summary>A block of keys; null where it is absent.</summary>
    public static YamlMapping? Block(this YamlMapping mapping, string key) => mapping.Of<YamlMapping>(key, "a block of keys");

    /// <summary>A list; null where it is absent or empty.</summary>
    public static YamlSequence? List(this YamlMapping mapping, string key) => mapping.Of<YamlSequence>(key, "a list");

    /// <summary>The items of a list, all of one kind.</summary>
    public static IEnumerable<T> All<T>(this YamlSequence list, string what)
        where T : YamlNode =>
        list.Items.Select(item => item as T ?? throw new ManifestRefusedException(item.Line, item.Column, $"this item is not {what}"));

    private static T? Of<T>(this YamlMapping mapping, string key, string what)
        where T : YamlNode => mapping.Entry(key)?.Value switch
        {
            null or YamlScalar { IsNull: true } => null,
            T value => value,
            var other => throw new ManifestRefusedException(other.Line, other.Column, $"'{key}' is not {what}"),
        };
}
