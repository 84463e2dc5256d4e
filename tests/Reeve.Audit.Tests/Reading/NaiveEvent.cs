using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Reeve.Audit.Tests.Reading;

/// <summary>The naive way to an event's values, for comparison: the framework's document, one path after the other.</summary>
internal static class NaiveEvent
{
    private static readonly (string Name, string[] Path)[] Fields =
    [
        ("Level", ["level"]), ("AuditId", ["auditID"]), ("Stage", ["stage"]), ("RequestUri", ["requestURI"]), ("Verb", ["verb"]),
        ("UserName", ["user", "username"]), ("UserUid", ["user", "uid"]),
        ("ImpersonatedUserName", ["impersonatedUser", "username"]), ("ImpersonatedUserUid", ["impersonatedUser", "uid"]),
        ("ImpersonationConstraint", ["authenticationMetadata", "impersonationConstraint"]), ("UserAgent", ["userAgent"]),
        ("Resource", ["objectRef", "resource"]), ("Namespace", ["objectRef", "namespace"]), ("Name", ["objectRef", "name"]),
        ("ObjectUid", ["objectRef", "uid"]), ("ApiGroup", ["objectRef", "apiGroup"]), ("ApiVersion", ["objectRef", "apiVersion"]),
        ("ResourceVersion", ["objectRef", "resourceVersion"]), ("Subresource", ["objectRef", "subresource"]),
        ("Status", ["responseStatus", "status"]), ("Message", ["responseStatus", "message"]), ("Reason", ["responseStatus", "reason"]),
        ("Decision", ["annotations", "authorization.k8s.io/decision"]), ("DecisionReason", ["annotations", "authorization.k8s.io/reason"]),
    ];

    private static readonly (string Name, string[] Path)[] Lists =
        [("Groups", ["user", "groups"]), ("ImpersonatedGroups", ["impersonatedUser", "groups"]), ("SourceIps", ["sourceIPs"])];

    private static readonly (string Name, string[] Path)[] Raws =
        [("UserExtra", ["user", "extra"]), ("Annotations", ["annotations"]), ("RequestObject", ["requestObject"]), ("ResponseObject", ["responseObject"])];

    /// <summary>The same lines as <see cref="EventCopy.Values"/>.</summary>
    public static string Values(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        foreach (var (name, path) in Fields)
            Line(text, name, Find(document.RootElement, path)?.GetString());
        foreach (var (name, path) in Lists)
        {
            foreach (var item in Find(document.RootElement, path)?.EnumerateArray() ?? default)
                text.Append(name).Append("[] = ").Append(item.GetString()).Append('\n');
        }

        foreach (var (name, path) in Raws)
            Line(text, name, Find(document.RootElement, path) is { } raw ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(raw.GetRawText())) : null);
        Line(text, "RequestReceivedAt", Time(document.RootElement, "requestReceivedTimestamp"));
        Line(text, "StageAt", Time(document.RootElement, "stageTimestamp"));
        Line(text, "Code", Find(document.RootElement, ["responseStatus", "code"])?.GetRawText());
        return text.ToString();
    }

    private static string? Time(JsonElement root, string name) =>
        Find(root, [name]) is { } time
            ? DateTime.Parse(time.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToUniversalTime().ToString("O")
            : null;

    private static JsonElement? Find(JsonElement element, string[] path)
    {
        foreach (var name in path)
        {
            if (!element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    private static void Line(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            text.Append(name).Append(" = ").Append(value).Append('\n');
    }
}
