using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Reeve.Audit;
using Reeve.Audit.Policy;
using Reeve.Audit.Reading;
using Reeve.Audit.Requests;

namespace Reeve.Server.Policies;

/// <summary>
/// Requests as people give them: what the apiserver knows of one (<c>user</c>, <c>verb</c>, <c>resource</c> …), an audit event, or a method and
/// a URL.
/// </summary>
internal static class ExplainedRequest
{
    /// <summary>Reads a JSON object.</summary>
    /// <param name="json">The text.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong, in one line.</param>
    public static bool TryRead(string json, [NotNullWhen(true)] out PolicyRequest? request, [NotNullWhen(false)] out string? problem)
    {
        (request, problem) = (null, null);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                request = Of(document.RootElement);
            if (request is null)
                problem = "this is no request: give verb and user, an audit event, or method and url";
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            problem = $"this is no request in JSON: {failure.Message}";
        }

        return request is not null;
    }

    private static PolicyRequest? Of(JsonElement json)
    {
        var user = json.TryGetProperty("user", out var found) && found.ValueKind == JsonValueKind.Object ? found : (JsonElement?)null;
        var request = new PolicyRequest
        {
            User = user is { } known && Text(known, "username", "name") is { Length: > 0 } name ? name : null,
            Groups = user is { } grouped && grouped.TryGetProperty("groups", out var groups) && groups.ValueKind == JsonValueKind.Array ? [.. groups.EnumerateArray().Select(group => group.GetString() ?? "")] : [],
        };
        if (Text(json, "method").Length > 0)
            return At(request, RequestTarget.Of(Text(json, "method"), Text(json, "url", "requestURI")));
        if (Text(json, "verb").Length == 0)
            return null;
        var isEvent = json.TryGetProperty("requestURI", out _);
        return isEvent ? OfEvent(json) : request with
        {
            Verb = Text(json, "verb"),
            IsResource = json.TryGetProperty("resourceRequest", out var flag) ? flag.GetBoolean() : Text(json, "resource").Length > 0,
            Namespace = Text(json, "namespace"),
            ApiGroup = Text(json, "apiGroup"),
            Resource = Text(json, "resource"),
            Subresource = Text(json, "subresource"),
            Name = Text(json, "name"),
            Path = Text(json, "path"),
        };
    }

    private static PolicyRequest OfEvent(JsonElement json)
    {
        var auditEvent = new AuditEvent();
        new EventRestorer().Restore(JsonSerializer.SerializeToUtf8Bytes(json), auditEvent);
        return PolicyRequest.Of(auditEvent);
    }

    private static PolicyRequest At(PolicyRequest request, RequestTarget target) => request with
    {
        Verb = target.Verb,
        IsResource = target.IsResource,
        Namespace = target.Namespace,
        ApiGroup = target.ApiGroup,
        Resource = target.Resource,
        Subresource = target.Subresource,
        Name = target.Name,
        Path = target.Path,
    };

    private static string Text(JsonElement json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                return value.GetString()!;
        }

        return "";
    }
}
