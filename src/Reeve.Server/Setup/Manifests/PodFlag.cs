using Reeve.Detection.Yaml;

namespace Reeve.Server.Setup.Manifests;

/// <summary>A flag of kube-apiserver in a manifest.</summary>
/// <param name="List">The list it is in.</param>
/// <param name="Item">The item <c>--name=value</c>, or <c>--name</c>.</param>
/// <param name="Name">Its name without dashes before it; underscores are dashes, as the apiserver takes them.</param>
/// <param name="Value">Its value; null where it has none.</param>
/// <param name="ValueItem">The item of the value, where it is one of its own.</param>
internal sealed record PodFlag(YamlSequence List, YamlScalar Item, string Name, string? Value, YamlScalar? ValueItem)
{
    /// <summary>The flags of a list.</summary>
    public static IEnumerable<PodFlag> Of(YamlSequence list)
    {
        var items = list.All<YamlScalar>("a text").ToList();
        for (var at = 0; at < items.Count; at++)
        {
            if (!items[at].Value.StartsWith("--", StringComparison.Ordinal))
                continue;
            var (name, value) = Split(items[at].Value[2..]);
            var next = value is null && at + 1 < items.Count && !items[at + 1].Value.StartsWith('-') ? items[at + 1] : null;
            yield return new(list, items[at], name, value ?? next?.Value, next);
        }
    }

    private static (string Name, string? Value) Split(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? text : text[..equals]).Replace('_', '-');
        return (name, equals < 0 ? null : text[(equals + 1)..]);
    }
}
