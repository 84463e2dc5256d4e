using Reeve.Detection.Yaml;
using YamlDotNet.Core;

namespace Reeve.Server.Doctor.FluentBit;

/// <summary>Reads configurations of Fluent Bit. No text makes it throw.</summary>
internal static class FluentBitReader
{
    /// <summary>The sections, in their order; none of what cannot be read.</summary>
    public static IReadOnlyList<FluentBitSection> Read(string text) => text.Contains("pipeline:", StringComparison.Ordinal) ? Yaml(text) : Classic(text);

    private static List<FluentBitSection> Classic(string text)
    {
        var sections = new List<FluentBitSection>();
        Dictionary<string, (string, int)>? values = null;
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].Trim();
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                values = new(StringComparer.Ordinal);
                sections.Add(new(line[1..^1].Trim().ToLowerInvariant(), values, index + 1));
            }
            else if (line.Length > 0 && line[0] != '#' && line[0] != '@' && line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var key, .. var rest])
            {
                values?.TryAdd(key.ToLowerInvariant(), (rest.Length > 0 ? rest[0].Trim() : "", index + 1));
            }
        }

        return sections;
    }

    private static List<FluentBitSection> Yaml(string text)
    {
        try
        {
            if (YamlTree.ParseWithAliases(text) is not YamlMapping root || Value(root, "pipeline") is not YamlMapping pipeline)
                return [];
            return [.. Sections(pipeline, "inputs", "input").Concat(Sections(pipeline, "outputs", "output"))];
        }
        catch (YamlException)
        {
            return [];
        }
    }

    private static IEnumerable<FluentBitSection> Sections(YamlMapping pipeline, string key, string kind) =>
        (Value(pipeline, key) as YamlSequence)?.Items.OfType<YamlMapping>().Select(item => new FluentBitSection(
            kind,
            item.Entries.Where(entry => entry.Value is YamlScalar).DistinctBy(entry => entry.Key.Value.ToLowerInvariant())
                .ToDictionary(entry => entry.Key.Value.ToLowerInvariant(), entry => (((YamlScalar)entry.Value).Value, entry.Key.Line), StringComparer.Ordinal),
            item.Line)) ?? [];

    private static YamlNode? Value(YamlMapping mapping, string key) => mapping.Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;
}
