using Reeve.Audit;

namespace Reeve.Server.Ui.Search;

/// <summary>One stored event without its raw text. Every text comes from outside and may be anything; empty where absent.</summary>
public sealed record EventRow
{
    /// <summary><c>server-seq</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>When Reeve received it, UTC.</summary>
    public DateTime Received { get; init; }

    /// <summary>Cluster, source and reporting host.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>The source's name.</summary>
    public string Source { get; init; } = "";

    /// <summary>Who reported it.</summary>
    public string Host { get; init; } = "";

    /// <summary>The 1-based line in the source; 0 where there is none.</summary>
    public long Line { get; init; }

    /// <summary>The audit level.</summary>
    public string AuditLevel { get; init; } = "";

    /// <summary>The stage.</summary>
    public string Stage { get; init; } = "";

    /// <summary>The request's id as the client or apiserver chose it.</summary>
    public string AuditId { get; init; } = "";

    /// <summary>The verb.</summary>
    public string Verb { get; init; } = "";

    /// <summary>The authenticated user.</summary>
    public string User { get; init; } = "";

    /// <summary>Its groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The impersonated user, else the user.</summary>
    public string Actor { get; init; } = "";

    /// <summary>The impersonated user.</summary>
    public string ImpersonatedUser { get; init; } = "";

    /// <summary>The trusted client address.</summary>
    public string Ip { get; init; } = "";

    /// <summary>Addresses the client claimed.</summary>
    public IReadOnlyList<string> Claimed { get; init; } = [];

    /// <summary>The user agent.</summary>
    public string Agent { get; init; } = "";

    /// <summary>The request URI.</summary>
    public string Uri { get; init; } = "";

    /// <summary>The resource.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The subresource.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The object's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The API group.</summary>
    public string ApiGroup { get; init; } = "";

    /// <summary>The API version.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>The HTTP status; 0 where absent.</summary>
    public int Code { get; init; }

    /// <summary>The status' reason.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The status' message.</summary>
    public string Message { get; init; } = "";

    /// <summary>allow or forbid.</summary>
    public string Decision { get; init; } = "";

    /// <summary>Why.</summary>
    public string DecisionReason { get; init; } = "";

    /// <summary>The category.</summary>
    public Category Category { get; init; }

    /// <summary>How much arrived.</summary>
    public Integrity Integrity { get; init; }

    /// <summary>Remarks of the pipeline.</summary>
    public EventMarks Marks { get; init; }

    /// <summary>Equal on all stages of one request.</summary>
    public UInt128 RequestKey { get; init; }

    /// <summary>The object as the table shows it: <c>pods/web-1/exec</c>, or the URI of a request for none.</summary>
    public string Object => Resource.Length == 0
        ? Uri
        : Resource + (Name.Length > 0 ? "/" + Name : "") + (Subresource.Length > 0 ? "/" + Subresource : "");
}
