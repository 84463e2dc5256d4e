using System.Text.Json.Serialization;
using Reeve.Audit.Findings;
using Reeve.Server.Alerts;

namespace Reeve.Server.Api;

/// <summary>An alert in the API; see <see cref="StoredAlert"/>.</summary>
internal sealed record AlertJson
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("rule")]
    public required AlertRuleJson Rule { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }

    [JsonPropertyName("cluster")]
    public required string Cluster { get; init; }

    [JsonPropertyName("actor")]
    public required string Actor { get; init; }

    /// <summary><c>resource[/subresource] namespace/name</c>; where it was several things, how many.</summary>
    [JsonPropertyName("object")]
    public required string Object { get; init; }

    [JsonPropertyName("summary")]
    public required string Summary { get; init; }

    /// <summary>The time of its earliest event.</summary>
    [JsonPropertyName("first")]
    public required DateTime First { get; init; }

    /// <summary>The time of its latest event.</summary>
    [JsonPropertyName("last")]
    public required DateTime Last { get; init; }

    /// <summary>How many requests.</summary>
    [JsonPropertyName("count")]
    public required long Count { get; init; }

    [JsonPropertyName("raised")]
    public required DateTime Raised { get; init; }

    /// <summary>How it was closed last; an open alert that has this went on after it.</summary>
    [JsonPropertyName("closed")]
    public AlertClosing? Closed { get; init; }

    /// <summary>The fields that made the rule match, with their values; only of an alert that is asked for by itself.</summary>
    [JsonPropertyName("values")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Values { get; init; }

    /// <summary>Its events by time, as many as an alert lists; only of an alert that is asked for by itself.</summary>
    [JsonPropertyName("events")]
    public IReadOnlyList<AlertEventJson>? Events { get; init; }

    public static AlertJson Of(StoredAlert alert) => new()
    {
        Id = alert.Id,
        Rule = new AlertRuleJson(alert.Rule, alert.Title, alert.Level.ToName(), alert.Tags),
        State = alert.IsOpen ? "open" : "closed",
        Cluster = alert.Cluster,
        Actor = alert.Actor,
        Object = alert.Object,
        Summary = alert.Summary,
        First = alert.First,
        Last = alert.Last,
        Count = alert.Count,
        Raised = alert.Raised,
        Closed = alert.Closing,
    };

    public static AlertJson Of(AlertDetails details) => Of(details.Alert) with
    {
        Values = details.Values,
        Events = [.. details.Events.Select(one => new AlertEventJson(one.Id.ToString(), one.Time, one.AuditId, one.Stage, one.Actor, one.Object))],
    };
}

/// <summary>The rule of an alert.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Level">informational, low, medium, high or critical.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record AlertRuleJson(string Id, string Title, string Level, IReadOnlyList<string> Tags);

/// <summary>An event of an alert.</summary>
/// <param name="Id">Names it in <c>/api/v1/events/{id}</c>.</param>
/// <param name="Time">When it happened.</param>
/// <param name="AuditId"><c>auditID</c>.</param>
/// <param name="Stage"><c>stage</c>.</param>
/// <param name="Actor">Who it counts for.</param>
/// <param name="Object">What it was about.</param>
internal sealed record AlertEventJson(string Id, DateTime Time, string AuditId, string Stage, string Actor, string Object);
