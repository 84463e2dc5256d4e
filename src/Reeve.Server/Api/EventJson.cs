using System.Text.Json;
using System.Text.Json.Serialization;
using Reeve.Audit;
using Reeve.Audit.Fields;
using Reeve.Audit.Salvage;
using Reeve.Store.Findings;
using Reeve.Store.Query;

namespace Reeve.Server.Api;

/// <summary>An event in the API, under the short names of the field catalogue. What is absent or empty is left out.</summary>
internal sealed partial record EventJson
{
    /// <summary>Names the event; left out where it is not stored.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("time")]
    public required DateTime Time { get; init; }

    [JsonPropertyName("received")]
    public required DateTime Received { get; init; }

    [JsonPropertyName("cluster")]
    public string? Cluster { get; init; }

    [JsonPropertyName("source")]
    public string? Source { get; init; }

    [JsonPropertyName("host")]
    public string? Host { get; init; }

    [JsonPropertyName("auditlevel")]
    public string? AuditLevel { get; init; }

    [JsonPropertyName("stage")]
    public string? Stage { get; init; }

    [JsonPropertyName("auditid")]
    public string? AuditId { get; init; }

    [JsonPropertyName("verb")]
    public string? Verb { get; init; }

    [JsonPropertyName("user")]
    public string? User { get; init; }

    [JsonPropertyName("uid")]
    public string? UserUid { get; init; }

    [JsonPropertyName("group")]
    public IReadOnlyList<string>? Groups { get; init; }

    [JsonPropertyName("actor")]
    public string? Actor { get; init; }

    [JsonPropertyName("impersonated")]
    public string? ImpersonatedUser { get; init; }

    [JsonPropertyName("impersonatedgroup")]
    public IReadOnlyList<string>? ImpersonatedGroups { get; init; }

    [JsonPropertyName("ip")]
    public string? Ip { get; init; }

    [JsonPropertyName("claimed")]
    public IReadOnlyList<string>? Claimed { get; init; }

    [JsonPropertyName("agent")]
    public string? Agent { get; init; }

    [JsonPropertyName("uri")]
    public string? Uri { get; init; }

    [JsonPropertyName("resource")]
    public string? Resource { get; init; }

    [JsonPropertyName("subresource")]
    public string? Subresource { get; init; }

    [JsonPropertyName("ns")]
    public string? Namespace { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("objectuid")]
    public string? ObjectUid { get; init; }

    [JsonPropertyName("apigroup")]
    public string? ApiGroup { get; init; }

    [JsonPropertyName("apiversion")]
    public string? ApiVersion { get; init; }

    [JsonPropertyName("code")]
    public int? Code { get; init; }

    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    [JsonPropertyName("message")]
    public string? Message { get; init; }

    [JsonPropertyName("decision")]
    public string? Decision { get; init; }

    [JsonPropertyName("decisionreason")]
    public string? DecisionReason { get; init; }

    [JsonPropertyName("category")]
    public string? Category { get; init; }

    [JsonPropertyName("integrity")]
    public required string Integrity { get; init; }

    /// <summary>What is likely to have cut the event, such as <c>rsyslog-max-message-size</c>.</summary>
    [JsonPropertyName("cause")]
    public string? Cause { get; init; }

    /// <summary>What mends that, as a sentence.</summary>
    [JsonPropertyName("mend")]
    public string? Mend { get; init; }

    /// <summary>Remarks of the pipeline, such as <c>scrubbed</c>.</summary>
    [JsonPropertyName("marks")]
    public IReadOnlyList<string>? Marks { get; init; }

    [JsonPropertyName("primary")]
    public required bool Primary { get; init; }

    /// <summary>The 1-based line in the source.</summary>
    [JsonPropertyName("line")]
    public long? Line { get; init; }

    /// <summary>What was found about the event.</summary>
    [JsonPropertyName("findings")]
    public IReadOnlyList<FindingJson>? Findings { get; init; }

    /// <summary>What was around the event on its way: <c>form</c> and what that envelope said; left out where there was none.</summary>
    [JsonPropertyName("envelope")]
    public RawJson? Envelope { get; init; }

    /// <summary>The event's own JSON; a text where the stored bytes are no whole JSON.</summary>
    [JsonPropertyName("raw")]
    public RawJson? Raw { get; init; }

    /// <summary>Events and what was found about them.</summary>
    public static IReadOnlyList<EventJson> Of(IReadOnlyList<StoredEvent> stored, ILookup<EventId, Finding> findings) =>
        [.. stored.Select(row => Of(row) with { Findings = findings.Contains(row.Id) ? [.. findings[row.Id].Select(FindingJson.Of)] : null })];

    public static EventJson Of(StoredEvent stored) => new EventJson
    {
        Id = stored.Id == default ? null : stored.Id.ToString(),
        Time = stored.Time,
        Received = stored.Received,
        Cluster = Present(stored.Cluster),
        Source = Present(stored.Source),
        Host = Present(stored.Host),
        AuditLevel = Present(stored.AuditLevel),
        Stage = Present(stored.Stage),
        AuditId = Present(stored.AuditId),
        Verb = Present(stored.Verb),
        User = Present(stored.User),
        UserUid = Present(stored.UserUid),
        Groups = Present(stored.Groups),
        Actor = Present(stored.Actor),
        ImpersonatedUser = Present(stored.ImpersonatedUser),
        ImpersonatedGroups = Present(stored.ImpersonatedGroups),
        Ip = Present(stored.Ip),
        Claimed = Present(stored.Claimed),
        Agent = Present(stored.Agent),
        Uri = Present(stored.Uri),
        Resource = Present(stored.Resource),
        Subresource = Present(stored.Subresource),
        Namespace = Present(stored.Namespace),
        Name = Present(stored.Name),
        ObjectUid = Present(stored.ObjectUid),
        ApiGroup = Present(stored.ApiGroup),
        ApiVersion = Present(stored.ApiVersion),
        Code = stored.Code == 0 ? null : stored.Code,
        Reason = Present(stored.Reason),
        Message = Present(stored.Message),
        Decision = Present(stored.Decision),
        DecisionReason = Present(stored.DecisionReason),
        Category = Present(EventNames.Of(stored.Category)),
        Integrity = EventNames.Of(stored.Integrity, stored.Marks),
        Cause = Present(stored.Cause),
        Mend = CutCauses.Find(stored.Cause)?.Mend,
        Marks = Present(MarkNames(stored.Marks)),
        Primary = stored.Primary,
        Line = stored.Line == 0 ? null : stored.Line,
        Envelope = stored.Envelope.Length > 0 ? new RawJson(stored.Envelope) : null,
        Raw = stored.Raw is { } raw ? new RawJson(raw) : null,
    }.WithDerived(stored);

    private static string? Present(string text) => text.Length == 0 ? null : text;

    private static IReadOnlyList<string>? Present(IReadOnlyList<string> texts) => texts.Count == 0 ? null : texts;

    private static string[] MarkNames(EventMarks marks) =>
    [
        .. Enum.GetValues<EventMarks>()
            .Where(mark => mark != EventMarks.None && marks.HasFlag(mark))
            .Select(mark => JsonNamingPolicy.KebabCaseLower.ConvertName(mark.ToString())),
    ];
}
