using System.Text.Json.Serialization;
using Reeve.Audit.Fields;
using Reeve.Store.Query;

namespace Reeve.Server.Api;

/// <content>
/// The fields that are read out of others. Those of <c>user.extra</c> and of annotations are there where the event's JSON is: in a
/// single event, and in rows that were asked for with their JSON.
/// </content>
internal sealed partial record EventJson
{
    [JsonPropertyName("sa")]
    public IReadOnlyList<string>? ServiceAccounts { get; init; }

    [JsonPropertyName("sans")]
    public IReadOnlyList<string>? ServiceAccountNamespaces { get; init; }

    [JsonPropertyName("node")]
    public IReadOnlyList<string>? Nodes { get; init; }

    [JsonPropertyName("nodeuid")]
    public IReadOnlyList<string>? NodeUids { get; init; }

    [JsonPropertyName("pod")]
    public IReadOnlyList<string>? Pods { get; init; }

    [JsonPropertyName("poduid")]
    public IReadOnlyList<string>? PodUids { get; init; }

    [JsonPropertyName("credential")]
    public IReadOnlyList<string>? Credentials { get; init; }

    [JsonPropertyName("issued")]
    public IReadOnlyList<string>? IssuedCredentials { get; init; }

    [JsonPropertyName("arn")]
    public IReadOnlyList<string>? Arns { get; init; }

    [JsonPropertyName("sessionname")]
    public IReadOnlyList<string>? SessionNames { get; init; }

    [JsonPropertyName("accesskey")]
    public IReadOnlyList<string>? AccessKeys { get; init; }

    [JsonPropertyName("oid")]
    public IReadOnlyList<string>? ObjectIds { get; init; }

    [JsonPropertyName("assertion")]
    public IReadOnlyList<string>? Assertions { get; init; }

    [JsonPropertyName("tool")]
    public string? Tool { get; init; }

    [JsonPropertyName("toolversion")]
    public string? ToolVersion { get; init; }

    [JsonPropertyName("command")]
    public string? Command { get; init; }

    [JsonPropertyName("container")]
    public string? Container { get; init; }

    [JsonPropertyName("stdin")]
    public bool? Stdin { get; init; }

    [JsonPropertyName("tty")]
    public bool? Tty { get; init; }

    [JsonPropertyName("binding")]
    public string? Binding { get; init; }

    [JsonPropertyName("role")]
    public string? Role { get; init; }

    [JsonPropertyName("subject")]
    public string? Subject { get; init; }

    private EventJson WithDerived(StoredEvent stored)
    {
        var derived = DerivedFields.Of(stored.ForDerivedFields()).ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        IReadOnlyList<string>? All(string field) => derived.GetValueOrDefault(field);
        string? One(string field) => All(field)?[0];
        return this with
        {
            ServiceAccounts = All("sa"),
            ServiceAccountNamespaces = All("sans"),
            Nodes = All("node"),
            NodeUids = All("nodeuid"),
            Pods = All("pod"),
            PodUids = All("poduid"),
            Credentials = All("credential"),
            IssuedCredentials = All("issued"),
            Arns = All("arn"),
            SessionNames = All("sessionname"),
            AccessKeys = All("accesskey"),
            ObjectIds = All("oid"),
            Assertions = All("assertion"),
            Tool = One("tool"),
            ToolVersion = One("toolversion"),
            Command = One("command"),
            Container = One("container"),
            Stdin = One("stdin") is null ? null : true,
            Tty = One("tty") is null ? null : true,
            Binding = One("binding"),
            Role = One("role"),
            Subject = One("subject"),
        };
    }
}
