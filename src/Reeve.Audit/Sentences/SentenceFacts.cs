namespace Reeve.Audit.Sentences;

/// <summary>What a sentence is made of: fields of one audit event as text, empty where the event has none.</summary>
public sealed record SentenceFacts
{
    /// <summary><c>verb</c>.</summary>
    public string Verb { get; init; } = "";

    /// <summary><c>user.username</c>; empty when authentication failed.</summary>
    public string User { get; init; } = "";

    /// <summary><c>impersonatedUser.username</c>.</summary>
    public string ImpersonatedUser { get; init; } = "";

    /// <summary><c>objectRef.resource</c>; empty for non-resource requests.</summary>
    public string Resource { get; init; } = "";

    /// <summary><c>objectRef.subresource</c>.</summary>
    public string Subresource { get; init; } = "";

    /// <summary><c>objectRef.namespace</c>.</summary>
    public string Namespace { get; init; } = "";

    /// <summary><c>objectRef.name</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The trusted client address.</summary>
    public string Ip { get; init; } = "";

    /// <summary><c>userAgent</c>.</summary>
    public string Agent { get; init; } = "";

    /// <summary><c>requestURI</c>, percent-encoded.</summary>
    public string Uri { get; init; } = "";

    /// <summary><c>stage</c>.</summary>
    public string Stage { get; init; } = "";

    /// <summary><c>responseStatus.code</c>; 0 where absent.</summary>
    public int Code { get; init; }

    /// <summary><c>responseStatus.reason</c>.</summary>
    public string Reason { get; init; } = "";

    /// <summary><c>annotations["authorization.k8s.io/decision"]</c>.</summary>
    public string Decision { get; init; } = "";

    /// <summary><c>annotations["authorization.k8s.io/reason"]</c>.</summary>
    public string DecisionReason { get; init; } = "";
}
