namespace Reeve.Audit;

/// <summary>The kind of activity an event records; the first rule of the category table that applies decides.</summary>
public enum Category : byte
{
    /// <summary>The record is no audit event.</summary>
    None,

    /// <summary>401, TokenReview, TokenRequest, certificate signing requests.</summary>
    Authentication,

    /// <summary>403 by the authorizer, SubjectAccessReviews.</summary>
    Authorization,

    /// <summary>Changes of the audit set-up.</summary>
    AuditConfiguration,

    /// <summary>Admission denials and remarks; writes to admission objects, Pod Security labels, NetworkPolicies.</summary>
    PolicyEnforcement,

    /// <summary>exec, attach, port-forward, proxy, ephemeral containers.</summary>
    InteractiveAccess,

    /// <summary>Writes to RBAC, nodes, namespaces, CRDs, APIServices, storage classes.</summary>
    ClusterOperation,

    /// <summary>Any other write.</summary>
    ResourceChange,

    /// <summary>Non-resource requests, API groups and versions.</summary>
    Discovery,

    /// <summary>Any other read.</summary>
    ResourceAccess,

    /// <summary>The record is no audit event but another log on the same stream (<see cref="EventMarks.OtherLog"/>).</summary>
    OtherLog,
}
