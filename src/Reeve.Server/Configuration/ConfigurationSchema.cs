using System.Text.Json.Nodes;

namespace Reeve.Server.Configuration;

/// <summary>The JSON schema (draft 2020-12) of <c>reeve.yaml</c>, which editors complete and check by.</summary>
public static class ConfigurationSchema
{
    /// <summary>Writes the schema of the table of keys.</summary>
    public static JsonObject Render()
    {
        var root = Block("", "The configuration of Reeve.");
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "reeve.yaml");
        return root;
    }

    private static JsonObject Block(string parent, string description)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var key in ConfigurationKeys.Of(parent))
        {
            properties[key.Name] = Property(key);
            if (key.Required)
                required.Add(key.Name);
        }

        var block = new JsonObject { ["description"] = description, ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0)
            block["required"] = required;
        return block;
    }

    private static JsonObject Property(ConfigurationKey key)
    {
        var property = key.Type switch
        {
            KeyType.Block => Block(key.Inside, key.Description),
            KeyType.Blocks => new JsonObject { ["description"] = key.Description, ["type"] = "array", ["items"] = Block(key.Inside, key.Description) },
            KeyType.Texts or KeyType.Paths or KeyType.Networks => new JsonObject
            {
                ["description"] = key.Description,
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["type"] = "string" },
                    new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } }),
            },
            _ => Single(key),
        };
        if (key.Default.Length > 0)
            property["default"] = key.Default;
        return property;
    }

    private static JsonObject Single(ConfigurationKey key)
    {
        // A size without a unit is a number to YAML.
        var single = new JsonObject { ["description"] = key.Description, ["type"] = key.Type == KeyType.Size ? new JsonArray("string", "integer") : "string" };
        if (key.Choices is { } choices)
            single["enum"] = new JsonArray([.. choices.Select(choice => JsonValue.Create(choice))]);
        return single;
    }
}
