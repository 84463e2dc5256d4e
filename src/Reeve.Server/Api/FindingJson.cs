using System.Text.Json.Serialization;
using Reeve.Audit.Findings;
using Reeve.Store.Findings;

namespace Reeve.Server.Api;

/// <summary>A finding in the API.</summary>
internal sealed record FindingJson
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>What it is, such as <c>orphan</c>; the field <c>finding</c> of a query.</summary>
    [JsonPropertyName("finding")]
    public required string Finding { get; init; }

    /// <summary>The rule that fired; left out for a remark of the pipeline.</summary>
    [JsonPropertyName("rule")]
    public string? Rule { get; init; }

    [JsonPropertyName("level")]
    public required string Level { get; init; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("found")]
    public required DateTime Found { get; init; }

    /// <summary>It in one sentence.</summary>
    [JsonPropertyName("summary")]
    public required string Summary { get; init; }

    /// <summary>What to do about it.</summary>
    [JsonPropertyName("advice")]
    public string? Advice { get; init; }

    /// <summary>More about it.</summary>
    [JsonPropertyName("detail")]
    public RawJson? Detail { get; init; }

    public static FindingJson Of(Finding finding) => new()
    {
        Id = finding.Id,
        Finding = finding.Kind,
        Rule = finding.Rule.Length == 0 ? null : finding.Rule,
        Level = finding.Level,
        Found = finding.Found,
        Summary = finding.Summary,
        Advice = FindingKinds.Find(finding.Kind)?.Advice,
        Detail = finding.Detail.Length > 2 ? new RawJson(finding.Detail) : null,
    };
}
