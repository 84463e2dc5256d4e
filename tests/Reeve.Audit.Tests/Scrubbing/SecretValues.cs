using System.Text;
using System.Text.Json.Nodes;

namespace Reeve.Audit.Tests.Scrubbing;

/// <summary>The naive way to the secrets of an event: parse all, look everywhere. Says what must not be seen any more.</summary>
internal static class SecretValues
{
    private const string Applied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>All secret values of a whole event, as they stand in its JSON, unescaped.</summary>
    public static HashSet<string> Of(byte[] line)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var auditEvent = JsonNode.Parse(line)!;
        var resource = (string?)auditEvent["objectRef"]?["resource"];
        var isSecret = resource == "secrets";
        var isToken = resource == "tokenreviews" || (string?)auditEvent["objectRef"]?["subresource"] == "token";
        Collect(auditEvent["requestObject"], isSecret, isToken, found);
        Collect(auditEvent["responseObject"], isSecret, isToken, found);
        found.Remove("");
        return found;
    }

    /// <summary>The forms in which a value would be a leak: as it is, JSON-escaped, and what base64 hides.</summary>
    public static IEnumerable<string> Forms(string value)
    {
        yield return value;
        var escaped = JsonValue.Create(value)!.ToJsonString()[1..^1];
        if (escaped != value)
            yield return escaped;
        var buffer = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, buffer, out var length))
            yield break;
        var text = Encoding.Latin1.GetString(buffer, 0, length);
        if (text.Length >= 8)
            yield return text;
    }

    private static void Collect(JsonNode? node, bool isSecret, bool isToken, HashSet<string> found)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                    Collect(item, isSecret, isToken, found);
                break;
            case JsonObject o:
                var kind = o["kind"] is JsonValue v && v.TryGetValue<string>(out var text) ? text : "";
                isSecret |= kind is "Secret" or "SecretList";
                isToken |= kind is "TokenRequest" or "TokenReview";
                foreach (var (name, value) in o)
                    CollectMember(name, value, isSecret, isToken, found);
                break;
            default:
                break;
        }
    }

    private static void CollectMember(string name, JsonNode? value, bool isSecret, bool isToken, HashSet<string> found)
    {
        if (isSecret && name is "data" or "stringData" && value is JsonObject map)
            found.UnionWith(map.Select(pair => $"{pair.Value}"));
        else if (isToken && name == "token")
            found.Add($"{value}");
        else if (name == Applied)
            Collect(JsonNode.Parse((string)value!), isSecret: false, isToken: false, found);
        else
            Collect(value, isSecret, isToken, found);
    }
}
