namespace Reeve.Audit;

/// <summary>
/// The single-valued text fields of an audit event (<c>audit.k8s.io/v1</c>), in the order the apiserver writes them.
/// Lists, maps and bodies have properties of their own on <see cref="AuditEvent"/>.
/// </summary>
public enum EventField
{
    /// <summary><c>level</c>: None, Metadata, Request or RequestResponse.</summary>
    Level,

    /// <summary><c>auditID</c>: chosen by the client if it sends an <c>Audit-ID</c> header; never trusted as unique.</summary>
    AuditId,

    /// <summary><c>stage</c>: RequestReceived, ResponseStarted, ResponseComplete or Panic.</summary>
    Stage,

    /// <summary><c>requestURI</c>: percent-encoded, with its query, as the client sent it.</summary>
    RequestUri,

    /// <summary><c>verb</c>: the Kubernetes verb, or the lower-case HTTP method of a non-resource request.</summary>
    Verb,

    /// <summary><c>user.username</c>: the authenticated user, before impersonation.</summary>
    UserName,

    /// <summary><c>user.uid</c>.</summary>
    UserUid,

    /// <summary><c>impersonatedUser.username</c>: whom the request was authorized as.</summary>
    ImpersonatedUserName,

    /// <summary><c>impersonatedUser.uid</c>.</summary>
    ImpersonatedUserUid,

    /// <summary><c>authenticationMetadata.impersonationConstraint</c> (Kubernetes 1.36).</summary>
    ImpersonationConstraint,

    /// <summary><c>userAgent</c>: controlled by the client, cut by the apiserver at 1,024 characters.</summary>
    UserAgent,

    /// <summary><c>objectRef.resource</c>.</summary>
    Resource,

    /// <summary><c>objectRef.namespace</c>.</summary>
    Namespace,

    /// <summary><c>objectRef.name</c>: empty on lists and on the first stage of a create.</summary>
    Name,

    /// <summary><c>objectRef.uid</c>.</summary>
    ObjectUid,

    /// <summary><c>objectRef.apiGroup</c>: absent for the core group.</summary>
    ApiGroup,

    /// <summary><c>objectRef.apiVersion</c>.</summary>
    ApiVersion,

    /// <summary><c>objectRef.resourceVersion</c>.</summary>
    ResourceVersion,

    /// <summary><c>objectRef.subresource</c>.</summary>
    Subresource,

    /// <summary><c>responseStatus.status</c>: Success or Failure, mostly absent on success.</summary>
    Status,

    /// <summary><c>responseStatus.message</c>.</summary>
    Message,

    /// <summary><c>responseStatus.reason</c>: machine-readable, for example Forbidden.</summary>
    Reason,

    /// <summary><c>annotations["authorization.k8s.io/decision"]</c>: allow or forbid.</summary>
    Decision,

    /// <summary><c>annotations["authorization.k8s.io/reason"]</c>: the binding and role that allowed the request.</summary>
    DecisionReason,
}
