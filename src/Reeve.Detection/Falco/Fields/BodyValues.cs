using System.Text.Json;

namespace Reeve.Detection.Falco.Fields;

/// <summary>What Falco's fields tell of the objects of a body, whose JSON text they are given. What is no such object tells nothing.</summary>
internal static class BodyValues
{
    /// <summary>The values at a dotted path below an object, lists gone into.</summary>
    public static IEnumerable<string> At(string json, string path) => WithDocument(json, root => Walk(root, path.Split('.')));

    /// <summary>The kinds of volumes: the name of each member but <c>name</c>.</summary>
    public static IEnumerable<string> VolumeTypes(IEnumerable<string> volumes) => volumes.SelectMany(volume => WithDocument(volume, root =>
        root.ValueKind == JsonValueKind.Object ? root.EnumerateObject().Select(member => member.Name).Where(name => name != "name") : []));

    /// <summary>An image without its tag and digest.</summary>
    public static string Repository(string image)
    {
        var name = image.Split('@', 2)[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }

    /// <summary>Reads a JSON text for as long as something is made of it; nothing where it is none.</summary>
    public static List<string> WithDocument(string json, Func<JsonElement, IEnumerable<string>> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. read(document.RootElement)];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is found out late, as an invalid operation.
            return [];
        }
    }

    private static IEnumerable<string> Walk(JsonElement element, ReadOnlyMemory<string> path)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(item => Walk(item, path));
        if (path.IsEmpty)
            return element.ValueKind == JsonValueKind.Null ? [] : [element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText()];
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(path.Span[0], out var member) ? Walk(member, path[1..]) : [];
    }
}
