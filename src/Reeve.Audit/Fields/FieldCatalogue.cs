using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Reeve.Audit.Callers;

namespace Reeve.Audit.Fields;

/// <summary>The fields of an event: parsing, completion, documentation and SQL take them from here.</summary>
public static class FieldCatalogue
{
    /// <summary>All fields, the most used first.</summary>
    public static IReadOnlyList<EventFieldDescription> All { get; } =
    [
        new("user", "user.username", FieldType.Text, "Who sent the request, before impersonation", "ka.user.name"),
        new("group", "user.groups", FieldType.List, "The groups of the user", "ka.user.groups"),
        new("actor", "", FieldType.Text, "Who it counts for: the impersonated user, else the user"),
        new("verb", "verb", FieldType.Text, "get, list, watch, create, update, patch, delete, deletecollection, or an HTTP method", "ka.verb"),
        new("resource", "objectRef.resource", FieldType.Text, "The resource in the plural, like pods", "ka.target.resource"),
        new("subresource", "objectRef.subresource", FieldType.Text, "The subresource, like exec", "ka.target.subresource"),
        new("ns", "objectRef.namespace", FieldType.Text, "The namespace; empty for cluster-scoped requests", "ka.target.namespace"),
        new("name", "objectRef.name", FieldType.Text, "The name of the object", "ka.target.name"),
        new("apigroup", "objectRef.apiGroup", FieldType.Text, "The API group; empty for the core group"),
        new("code", "responseStatus.code", FieldType.Number, "The HTTP status code of the answer", "ka.response.code"),
        new("decision", "annotations[\"authorization.k8s.io/decision\"]", FieldType.Text, "allow or forbid", "ka.auth.decision"),
        new("reason", "responseStatus.reason", FieldType.Text, "Why the request failed, like Forbidden", "ka.response.reason"),
        new("ip", "", FieldType.Address, "The client's address, as far as it can be trusted"),
        new("claimed", "", FieldType.List, "Source addresses before the trusted one; the client can forge them"),
        new("agent", "userAgent", FieldType.Text, "What the client calls itself", "ka.useragent"),
        new("uri", "requestURI", FieldType.Text, "The request's path and query, as sent", "ka.uri"),
        new("stage", "stage", FieldType.Text, "RequestReceived, ResponseStarted, ResponseComplete or Panic", "ka.stage"),
        new("auditlevel", "level", FieldType.Text, "How much the audit policy recorded: Metadata, Request or RequestResponse"),
        new("cluster", "", FieldType.Text, "The Kubernetes cluster", "ka.cluster.name"),
        new("host", "", FieldType.Text, "Which apiserver or node reported the event"),
        new("source", "", FieldType.Text, "The source Reeve read it from"),
        new("category", "", FieldType.Text, "The kind of activity, like interactive-access"),
        new("integrity", "", FieldType.Text, "How much of the event arrived: whole, or who cut it"),
        new("cause", "", FieldType.Text, "What is likely to have cut the event, like rsyslog-max-message-size"),
        new("envelope", "", FieldType.Text, "What was around the event, as JSON: account, log group, cluster, pod; asked for with *"),
        new("id", "", FieldType.Text, "The event's id in Reeve"),
        new("auditid", "auditID", FieldType.Text, "The request's id; the client may choose it", "ka.auditid"),
        new("uid", "user.uid", FieldType.Text, "The user's uid"),
        new("impersonated", "impersonatedUser.username", FieldType.Text, "The user the request was made as", "ka.impuser.name"),
        new("impersonatedgroup", "impersonatedUser.groups", FieldType.List, "The groups of the impersonated user"),
        new("objectuid", "objectRef.uid", FieldType.Text, "The uid of the object"),
        new("apiversion", "objectRef.apiVersion", FieldType.Text, "The API version, like v1"),
        new("message", "responseStatus.message", FieldType.Text, "What the answer says about a failure"),
        new("decisionreason", "annotations[\"authorization.k8s.io/reason\"]", FieldType.Text, "Why the authorizer allowed or refused it, as it says", "ka.auth.reason"),
        new("sa", "", FieldType.List, "The service accounts it was made with and as, written namespace/name"),
        new("sans", "", FieldType.List, "The namespaces of those service accounts"),
        new("node", "", FieldType.List, "The node that made the request, or whose pod did"),
        new("nodeuid", Extra(ExtraKeys.NodeUid), FieldType.List, "The uid of the node that the caller's pod runs on"),
        new("pod", Extra(ExtraKeys.PodName), FieldType.List, "The pod whose service account token made the request"),
        new("poduid", Extra(ExtraKeys.PodUid), FieldType.List, "The uid of that pod"),
        new("credential", Extra(ExtraKeys.CredentialId), FieldType.List, "The caller's token (JTI=…) or client certificate (X509SHA256=…)"),
        new("issued", Annotation(ExtraKeys.IssuedCredentialId), FieldType.List, "The token that the request issued: the credential of the requests made with it"),
        new("arn", Extra(ExtraKeys.Arn), FieldType.List, "EKS: the IAM principal"),
        new("sessionname", Extra(ExtraKeys.SessionName), FieldType.List, "EKS: the name of the assumed role's session"),
        new("accesskey", Extra(ExtraKeys.AccessKeyId), FieldType.List, "EKS: the id of the AWS access key"),
        new("oid", Extra(ExtraKeys.ObjectId), FieldType.List, "AKS: the object id of the Entra principal"),
        new("assertion", "", FieldType.List, "GKE: what the identity provider asserts about the user"),
        new("tool", "", FieldType.Text, "The program behind the user agent, like kubectl; the client can write what it likes"),
        new("toolversion", "", FieldType.Text, "The version of that program"),
        new("command", "", FieldType.Text, "The command that exec runs, its arguments joined by spaces"),
        new("container", "", FieldType.Text, "The container that exec or attach asks for"),
        new("stdin", "", FieldType.Flag, "Whether exec or attach sends input"),
        new("tty", "", FieldType.Flag, "Whether exec or attach asks for a terminal"),
        new("binding", "", FieldType.Text, "The binding that allowed it; of a RoleBinding namespace/name"),
        new("role", "", FieldType.Text, "The role that allowed it, like cluster-admin"),
        new("subject", "", FieldType.Text, "The user, group or service account that the binding names"),
        new("time", "stageTimestamp", FieldType.Time, "When the stage was reached"),
        new("received", "", FieldType.Time, "When Reeve received the event"),
        new("primary", "", FieldType.Flag, "Whether the row stands for its request"),
        new("finding", "", FieldType.Finding, "What was found about the event: orphan, truncation, unreadable, secret-material, or alert"),
        new("rule", "", FieldType.Finding, "The rule that fired on the event"),
        new("level", "", FieldType.Finding, "How much a finding about the event matters: informational, low, medium, high or critical"),
    ];

    private static readonly FrozenDictionary<string, EventFieldDescription> ByName = All
        .Select(field => KeyValuePair.Create(field.Name, field))
        .Concat(All.Where(field => field.Path.Length > 0).Select(field => KeyValuePair.Create(field.Path, field)))
        .Concat(All.Where(field => field.Falco is not null).Select(field => KeyValuePair.Create(field.Falco!, field)))
        .DistinctBy(pair => pair.Key)
        .ToFrozenDictionary();

    /// <summary>Finds a field by its short name, its path or its name in Falco, letter for letter.</summary>
    public static bool TryGet(string nameOrPath, [NotNullWhen(true)] out EventFieldDescription? field) =>
        ByName.TryGetValue(nameOrPath, out field);

    private static string Extra(string key) => $"user.extra[\"{key}\"]";

    private static string Annotation(string key) => $"annotations[\"{key}\"]";
}
