using System.Collections.Immutable;
using System.Text;
using Reeve.Audit.Requests;

namespace Reeve.Audit.Policy;

/// <summary>
/// What the apiserver knows of a request when it asks its audit policy (k8s.io/apiserver, authorizer.Attributes): before
/// impersonation, authorization and the body. Immutable.
/// </summary>
public sealed record PolicyRequest
{
    /// <summary>The authenticated user; null where there is none, as after a failed authentication.</summary>
    public string? User { get; init; }

    /// <summary>The groups of that user.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>The Kubernetes verb; of what is no resource the HTTP method in small letters.</summary>
    public string Verb { get; init; } = "";

    /// <summary>Whether it is for a resource.</summary>
    public bool IsResource { get; init; }

    /// <summary>The namespace; empty for what is in none, and for all namespaces together.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The API group; empty for core.</summary>
    public string ApiGroup { get; init; } = "";

    /// <summary>The resource, like <c>pods</c>.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The subresource, like <c>exec</c>.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The object's name as the URL has it: empty of lists and of what is created.</summary>
    public string Name { get; init; } = "";

    /// <summary>The path of the URL, decoded.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether the apiserver takes it as long-running, see <see cref="AuditEvent.IsLongRunning"/>.</summary>
    public bool IsLongRunning => Verb is "watch" or "proxy" || Subresource is "exec" or "attach" or "portforward" or "proxy" or "log";

    /// <summary>The resource as a policy writes it, like <c>pods/exec</c>.</summary>
    public string Written => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    /// <summary>The request of an event, which is the same on all its stages.</summary>
    public static PolicyRequest Of(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        var verb = auditEvent.Text(EventField.Verb);
        var subresource = auditEvent.Text(EventField.Subresource);
        // Of what is created the event has the name from the body, which comes after the policy was asked.
        var isNamedByBody = verb == "create" && subresource.Length == 0;
        return new PolicyRequest
        {
            User = auditEvent[EventField.UserName].IsEmpty ? null : auditEvent.Text(EventField.UserName),
            Groups = [.. TextsOf(auditEvent.Groups)],
            Verb = verb,
            IsResource = !auditEvent[EventField.Resource].IsEmpty,
            Namespace = auditEvent.Text(EventField.Namespace),
            ApiGroup = auditEvent.Text(EventField.ApiGroup),
            Resource = auditEvent.Text(EventField.Resource),
            Subresource = subresource,
            Name = isNamedByBody ? "" : auditEvent.Text(EventField.Name),
            Path = Uri.UnescapeDataString(RequestQuery.Path(auditEvent.Text(EventField.RequestUri))),
        };
    }

    private static List<string> TextsOf(Utf8List list)
    {
        var texts = new List<string>(list.Count);
        for (var index = 0; index < list.Count; index++)
            texts.Add(Encoding.UTF8.GetString(list[index]));
        return texts;
    }
}
