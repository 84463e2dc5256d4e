namespace Reeve.Audit.Policy;

/// <summary>How much of a request the audit policy records; in ascending order, the names are those of the policy.</summary>
public enum AuditLevel : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Who, when and what, without bodies.</summary>
    Metadata,

    /// <summary>With the body of the request.</summary>
    Request,

    /// <summary>With the bodies of the request and of the answer.</summary>
    RequestResponse,
}
