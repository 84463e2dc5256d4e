using System.Text;
using Reeve.Audit;
using Reeve.Audit.Fields;

namespace Reeve.Store.Query;

/// <summary>An event as the store has it. Texts come from outside and may hold anything; they are empty where absent.</summary>
public sealed record StoredEvent
{
    /// <summary>Its id.</summary>
    public required EventId Id { get; init; }

    /// <summary>When it happened, UTC, to the microsecond.</summary>
    public required DateTime Time { get; init; }

    /// <summary>When its record arrived, UTC.</summary>
    public required DateTime Received { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>Which apiserver or node reported it.</summary>
    public required string Host { get; init; }

    /// <summary><c>level</c>.</summary>
    public required string AuditLevel { get; init; }

    /// <summary><c>stage</c>.</summary>
    public required string Stage { get; init; }

    /// <summary><c>auditID</c>.</summary>
    public required string AuditId { get; init; }

    /// <summary><c>verb</c>.</summary>
    public required string Verb { get; init; }

    /// <summary><c>user.username</c>.</summary>
    public required string User { get; init; }

    /// <summary><c>user.uid</c>.</summary>
    public required string UserUid { get; init; }

    /// <summary><c>user.groups</c>.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>The impersonated user, else the user.</summary>
    public required string Actor { get; init; }

    /// <summary><c>impersonatedUser.username</c>.</summary>
    public required string ImpersonatedUser { get; init; }

    /// <summary><c>impersonatedUser.groups</c>.</summary>
    public required IReadOnlyList<string> ImpersonatedGroups { get; init; }

    /// <summary>The trusted client address; empty where there is none.</summary>
    public required string Ip { get; init; }

    /// <summary>The addresses before it, which the client can forge.</summary>
    public required IReadOnlyList<string> Claimed { get; init; }

    /// <summary><c>userAgent</c>.</summary>
    public required string Agent { get; init; }

    /// <summary><c>requestURI</c>.</summary>
    public required string Uri { get; init; }

    /// <summary><c>objectRef.resource</c>.</summary>
    public required string Resource { get; init; }

    /// <summary><c>objectRef.subresource</c>.</summary>
    public required string Subresource { get; init; }

    /// <summary><c>objectRef.namespace</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary><c>objectRef.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>objectRef.uid</c>.</summary>
    public required string ObjectUid { get; init; }

    /// <summary><c>objectRef.apiGroup</c>.</summary>
    public required string ApiGroup { get; init; }

    /// <summary><c>objectRef.apiVersion</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary><c>responseStatus.code</c>; 0 where absent.</summary>
    public required int Code { get; init; }

    /// <summary><c>responseStatus.reason</c>.</summary>
    public required string Reason { get; init; }

    /// <summary><c>responseStatus.message</c>.</summary>
    public required string Message { get; init; }

    /// <summary><c>annotations["authorization.k8s.io/decision"]</c>.</summary>
    public required string Decision { get; init; }

    /// <summary><c>annotations["authorization.k8s.io/reason"]</c>.</summary>
    public required string DecisionReason { get; init; }

    /// <summary>The kind of activity.</summary>
    public required Category Category { get; init; }

    /// <summary>How much of the event arrived.</summary>
    public required Integrity Integrity { get; init; }

    /// <summary>Remarks of the pipeline.</summary>
    public required EventMarks Marks { get; init; }

    /// <summary>Whether the row stands for its request.</summary>
    public required bool Primary { get; init; }

    /// <summary>The 1-based line in the source; 0 where there is none.</summary>
    public required long Line { get; init; }

    /// <summary>The code of what is likely to have cut it (<see cref="Audit.Salvage.CutCauses"/>); empty where nobody can tell.</summary>
    public string Cause { get; init; } = "";

    /// <summary>What was around the event on its way, as JSON; empty where nothing was, or where it was not asked for.</summary>
    public string Envelope { get; init; } = "";

    /// <summary>The event's JSON, or the bytes of what is no event, as text; null where it was not asked for.</summary>
    public string? Raw { get; init; }

    /// <summary>What the derived fields are read out of; those of <c>user.extra</c> and annotations only where it was read with its JSON.</summary>
    public DerivedFrom ForDerivedFields() =>
        new(User, ImpersonatedUser, Agent, Uri, Subresource, DecisionReason, Raw is { } raw ? Encoding.UTF8.GetBytes(raw) : default);
}
