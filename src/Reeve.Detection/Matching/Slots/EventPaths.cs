using System.Collections.Frozen;
using Reeve.Audit;

namespace Reeve.Detection.Matching.Slots;

/// <summary>Which paths of an audit event's JSON the reader has read already.</summary>
internal static class EventPaths
{
    /// <summary>The paths of single texts.</summary>
    public static FrozenDictionary<string, EventField> Texts { get; } = new Dictionary<string, EventField>(StringComparer.Ordinal)
    {
        ["level"] = EventField.Level,
        ["auditID"] = EventField.AuditId,
        ["stage"] = EventField.Stage,
        ["requestURI"] = EventField.RequestUri,
        ["verb"] = EventField.Verb,
        ["user.username"] = EventField.UserName,
        ["user.uid"] = EventField.UserUid,
        ["impersonatedUser.username"] = EventField.ImpersonatedUserName,
        ["impersonatedUser.uid"] = EventField.ImpersonatedUserUid,
        ["authenticationMetadata.impersonationConstraint"] = EventField.ImpersonationConstraint,
        ["userAgent"] = EventField.UserAgent,
        ["objectRef.resource"] = EventField.Resource,
        ["objectRef.namespace"] = EventField.Namespace,
        ["objectRef.name"] = EventField.Name,
        ["objectRef.uid"] = EventField.ObjectUid,
        ["objectRef.apiGroup"] = EventField.ApiGroup,
        ["objectRef.apiVersion"] = EventField.ApiVersion,
        ["objectRef.resourceVersion"] = EventField.ResourceVersion,
        ["objectRef.subresource"] = EventField.Subresource,
        ["responseStatus.status"] = EventField.Status,
        ["responseStatus.message"] = EventField.Message,
        ["responseStatus.reason"] = EventField.Reason,
        ["annotations.authorization.k8s.io/decision"] = EventField.Decision,
        ["annotations.authorization.k8s.io/reason"] = EventField.DecisionReason,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The texts that take few different values, or values that come again and again, so that what rules say of one is worth
    /// remembering. Not those that differ from request to request.
    /// </summary>
    public static FrozenSet<EventField> Recurring { get; } = new[]
    {
        EventField.Level, EventField.Stage, EventField.Verb, EventField.UserName, EventField.ImpersonatedUserName, EventField.ImpersonationConstraint,
        EventField.UserAgent, EventField.Resource, EventField.Namespace, EventField.ApiGroup, EventField.ApiVersion, EventField.Subresource,
        EventField.Status, EventField.Reason, EventField.Decision,
    }.ToFrozenSet();
}
