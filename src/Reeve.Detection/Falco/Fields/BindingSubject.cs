using System.Text.Json;

namespace Reeve.Detection.Falco.Fields;

/// <summary>Whom a binding names.</summary>
internal sealed record BindingSubject(string Kind, string Namespace, string Name)
{
    /// <summary>Reads one; null for what is none.</summary>
    public static BindingSubject? Parse(string json) => BodyValues.WithDocument(json, root => [Text(root, "kind"), Text(root, "namespace"), Text(root, "name")]) is [var kind, var ns, var name]
        ? new BindingSubject(kind, ns, name)
        : null;

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString()! : "";
}
