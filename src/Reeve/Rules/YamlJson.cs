using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Detection.Yaml;

namespace Reeve.Rules;

/// <summary>YAML as JSON, by the core schema (YAML 1.2 §10.3): plain words may be null, booleans and numbers, quoted ones are texts.</summary>
internal static class YamlJson
{
    /// <summary>The JSON of a node.</summary>
    public static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.DistinctBy(entry => entry.Key.Value).Select(entry => KeyValuePair.Create(entry.Key.Value, Of(entry.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(Of)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { IsPlain: true, Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        YamlScalar { IsPlain: true } number when IsNumber(number.Value) => JsonNode.Parse(number.Value),
        YamlScalar text => JsonValue.Create(text.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "no such node"),
    };

    private static bool IsNumber(string text)
    {
        try
        {
            return text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] == '-') && JsonNode.Parse(text)?.GetValueKind() == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
