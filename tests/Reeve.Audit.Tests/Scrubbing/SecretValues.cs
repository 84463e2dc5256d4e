using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Reeve.Audit.Tests.Scrubbing;

/// <summary>The naive way to the secrets of an event: parse all, look everywhere. Says what must not be seen any more.</summary>
internal static partial class SecretValues
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

    /// <summary>JWTs, passwords of URLs and of variables: what stands in an event outside of Secrets and tokens.</summary>
    public static HashSet<string> Misplaced(byte[] line)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Strings(JsonNode.Parse(line), found);
        found.Remove("");
        return found;
    }

    private static void Strings(JsonNode? node, HashSet<string> found)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                    Strings(item, found);
                break;
            case JsonObject o:
                if (o["name"] is JsonValue name && name.TryGetValue<string>(out var variable) && o["value"] is JsonValue value
                    && value.TryGetValue<string>(out var secret) && variable.EndsWith("PASSWORD", StringComparison.Ordinal))
                    found.Add(secret);
                foreach (var (_, member) in o)
                    Strings(member, found);
                break;
            case JsonValue v when v.TryGetValue<string>(out var text):
                foreach (Match match in Credentials().Matches(text))
                    found.Add(match.Groups["x"].Value);
                if (text.StartsWith('{') && TryParse(text) is { } inner)
                    Strings(inner, found);
                break;
            default:
                break;
        }
    }

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(?<x>eyJ[\w-]+\.[\w-]+\.[\w-]*)|://[^/?#@\s""'<>\\:]*:(?<x>[^/?#@\s""'<>\\]+)@", RegexOptions.None, 5000)]
    private static partial Regex Credentials();

    /// <summary>The forms in which a value would be a leak: as it is, JSON-escaped, and what base64 hides.</summary>
    public static IEnumerable<string> Forms(string value)
    {
        yield return value;
        var encoded = Uri.EscapeDataString(value);
        if (encoded != value)
            yield return encoded;
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('=');
        yield return base64[..^1];
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
