using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Reeve.Audit.Fields;

/// <summary>The fields of an event: parsing, completion, documentation and SQL take them from here.</summary>
public static class FieldCatalogue
{
    /// <summary>All fields, the most used first.</summary>
    public static IReadOnlyList<EventFieldDescription> All { get; } =
    [
        new("user", "user.username", FieldType.Text, "Who sent the request, before impersonation"),
        new("group", "user.groups", FieldType.List, "The groups of the user"),
        new("actor", "", FieldType.Text, "Who it counts for: the impersonated user, else the user"),
        new("verb", "verb", FieldType.Text, "get, list, watch, create, update, patch, delete, deletecollection, or an HTTP method"),
        new("resource", "objectRef.resource", FieldType.Text, "The resource in the plural, like pods"),
        new("subresource", "objectRef.subresource", FieldType.Text, "The subresource, like exec"),
        new("ns", "objectRef.namespace", FieldType.Text, "The namespace; empty for cluster-scoped requests"),
        new("name", "objectRef.name", FieldType.Text, "The name of the object"),
        new("apigroup", "objectRef.apiGroup", FieldType.Text, "The API group; empty for the core group"),
        new("code", "responseStatus.code", FieldType.Number, "The HTTP status code of the answer"),
        new("decision", "annotations[\"authorization.k8s.io/decision\"]", FieldType.Text, "allow or forbid"),
        new("reason", "responseStatus.reason", FieldType.Text, "Why the request failed, like Forbidden"),
        new("ip", "", FieldType.Address, "The client's address, as far as it can be trusted"),
        new("claimed", "", FieldType.List, "Source addresses before the trusted one; the client can forge them"),
        new("agent", "userAgent", FieldType.Text, "What the client calls itself"),
        new("uri", "requestURI", FieldType.Text, "The request's path and query, as sent"),
        new("stage", "stage", FieldType.Text, "RequestReceived, ResponseStarted, ResponseComplete or Panic"),
        new("auditlevel", "level", FieldType.Text, "How much the audit policy recorded: Metadata, Request or RequestResponse"),
        new("cluster", "", FieldType.Text, "The Kubernetes cluster"),
        new("host", "", FieldType.Text, "Which apiserver or node reported the event"),
        new("source", "", FieldType.Text, "The source Reeve read it from"),
        new("category", "", FieldType.Text, "The kind of activity, like interactive-access"),
        new("integrity", "", FieldType.Text, "How much of the event arrived: whole, or who cut it"),
        new("cause", "", FieldType.Text, "What is likely to have cut the event, like rsyslog-max-message-size"),
        new("envelope", "", FieldType.Text, "What was around the event, as JSON: account, log group, cluster, pod; asked for with *"),
        new("id", "", FieldType.Text, "The event's id in Reeve"),
        new("auditid", "auditID", FieldType.Text, "The request's id; the client may choose it"),
        new("uid", "user.uid", FieldType.Text, "The user's uid"),
        new("impersonated", "impersonatedUser.username", FieldType.Text, "The user the request was made as"),
        new("impersonatedgroup", "impersonatedUser.groups", FieldType.List, "The groups of the impersonated user"),
        new("objectuid", "objectRef.uid", FieldType.Text, "The uid of the object"),
        new("apiversion", "objectRef.apiVersion", FieldType.Text, "The API version, like v1"),
        new("message", "responseStatus.message", FieldType.Text, "What the answer says about a failure"),
        new("decisionreason", "annotations[\"authorization.k8s.io/reason\"]", FieldType.Text, "The binding and role that allowed it"),
        new("time", "stageTimestamp", FieldType.Time, "When the stage was reached"),
        new("received", "", FieldType.Time, "When Reeve received the event"),
        new("primary", "", FieldType.Flag, "Whether the row stands for its request"),
    ];

    private static readonly FrozenDictionary<string, EventFieldDescription> ByName = All
        .Select(field => KeyValuePair.Create(field.Name, field))
        .Concat(All.Where(field => field.Path.Length > 0).Select(field => KeyValuePair.Create(field.Path, field)))
        .DistinctBy(pair => pair.Key)
        .ToFrozenDictionary();

    /// <summary>Finds a field by its short name or its path, letter for letter.</summary>
    public static bool TryGet(string nameOrPath, [NotNullWhen(true)] out EventFieldDescription? field) =>
        ByName.TryGetValue(nameOrPath, out field);
}
