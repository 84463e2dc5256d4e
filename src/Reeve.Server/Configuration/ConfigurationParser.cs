using System.Net;
using Reeve.Audit.Fields;
using Reeve.Detection.Yaml;
using YamlDotNet.Core;

namespace Reeve.Server.Configuration;

/// <summary>Walks a YAML file along the table of keys. Goes on after an error, so that one run names them all.</summary>
internal sealed class ConfigurationParser(string file, string folder, List<ConfigurationError> errors)
{
    /// <summary>Reads the text of the file; the errors are added to the list of the constructor.</summary>
    public ConfigurationBlock Parse(string text)
    {
        var root = new ConfigurationPlace(file, 1, 1);
        try
        {
            return YamlTree.Parse(text) switch
            {
                null or YamlScalar { IsNull: true } => new ConfigurationBlock(root),
                YamlMapping mapping => Block(mapping, ""),
                var other => Refuse(Place(other), "the file is a block of keys such as 'data: ./reeve-data'", new ConfigurationBlock(root)),
            };
        }
        catch (YamlException failure)
        {
            var place = new ConfigurationPlace(file, (int)failure.Start.Line, (int)failure.Start.Column);
            return Refuse(place, $"this is not YAML: {failure.InnerException?.Message ?? failure.Message}", new ConfigurationBlock(root));
        }
    }

    private ConfigurationBlock Block(YamlMapping mapping, string parent)
    {
        var block = new ConfigurationBlock(Place(mapping));
        var keys = ConfigurationKeys.Of(parent).ToDictionary(key => key.Name, StringComparer.Ordinal);
        var seen = new Dictionary<string, YamlScalar>(StringComparer.Ordinal);
        foreach (var (name, node) in mapping.Entries)
        {
            if (!seen.TryAdd(name.Value, name))
                errors.Add(Place(name).Error($"the key '{name.Value}' is here twice; line {seen[name.Value].Line} has it already"));
            else if (!keys.TryGetValue(name.Value, out var key))
                errors.Add(Place(name).Error(Unknown(name.Value, parent, keys.Keys)));
            else if (node is not YamlScalar { IsNull: true } && Value(key, node) is { } value)
                block.Set(key.Name, value, Place(node));
        }

        foreach (var key in keys.Values.Where(key => key.Required && !seen.ContainsKey(key.Name)))
            errors.Add(block.Place.Error($"'{key.Name}' is missing: {key.Description}"));
        return block;
    }

    private object? Value(ConfigurationKey key, YamlNode node) => (key.Type, node) switch
    {
        (KeyType.Block, YamlMapping mapping) => Block(mapping, key.Inside),
        (KeyType.Blocks, YamlSequence list) => Blocks(key, list),
        (KeyType.Texts or KeyType.Paths or KeyType.Networks, YamlSequence list) => List(key, list.Items),
        (KeyType.Texts or KeyType.Paths or KeyType.Networks, YamlScalar) => List(key, [node]),
        (not (KeyType.Block or KeyType.Blocks), YamlScalar scalar) => Single(key, scalar),
        _ => Refuse<object?>(Place(node), WrongShape(key, node), null),
    };

    private List<ConfigurationBlock> Blocks(ConfigurationKey key, YamlSequence list)
    {
        var blocks = new List<ConfigurationBlock>();
        foreach (var item in list.Items)
        {
            if (item is YamlMapping mapping)
                blocks.Add(Block(mapping, key.Inside));
            else
                errors.Add(Place(item).Error($"an entry of '{key.Name}' is a block of keys; found {Shape(item)}"));
        }

        return blocks;
    }

    private object List(ConfigurationKey key, IReadOnlyList<YamlNode> items)
    {
        var values = new List<object>();
        foreach (var item in items)
        {
            if (item is not YamlScalar scalar)
                errors.Add(Place(item).Error($"an entry of '{key.Name}' is a single value; found {Shape(item)}"));
            else if (Single(key, scalar) is { } value)
                values.Add(value);
        }

        return key.Type == KeyType.Networks ? values.Cast<IPNetwork>().ToArray() : values.Cast<string>().ToArray();
    }

    private object? Single(ConfigurationKey key, YamlScalar scalar)
    {
        var value = ConfigurationValues.Parse(key, scalar.Value, folder, out var error);
        if (error is not null)
            errors.Add(Place(scalar).Error(error));
        return value;
    }

    private static string WrongShape(ConfigurationKey key, YamlNode node)
    {
        var expected = key.Type switch
        {
            KeyType.Block => "a block of keys",
            KeyType.Blocks => "a list of blocks, each beginning with '-'",
            _ => "a single value",
        };
        return $"'{key.Name}' is {expected}; found {Shape(node)}";
    }

    private static string Shape(YamlNode node) => node switch
    {
        YamlMapping => "a block of keys",
        YamlSequence => "a list",
        YamlScalar { Value: var value } => $"'{value}'",
        _ => "something else",
    };

    private static string Unknown(string written, string parent, IEnumerable<string> known)
    {
        var where = parent.Length == 0 ? "" : $" in '{parent}'";
        if (NearestName.Find(written, known) is { } near)
            return $"unknown key '{written}'{where}; did you mean '{near}'?";
        if (ConfigurationKeys.All.FirstOrDefault(key => key.Name == written) is { } elsewhere)
            return $"unknown key '{written}'{where}; it belongs to '{elsewhere.Path}'";
        return $"unknown key '{written}'{where}; known are {string.Join(", ", known)}";
    }

    private T Refuse<T>(ConfigurationPlace place, string message, T result)
    {
        errors.Add(place.Error(message));
        return result;
    }

    private ConfigurationPlace Place(YamlNode node) => new(file, node.Line, node.Column);
}
