namespace Reeve.Detection.Needs;

/// <summary>How much of a request the audit policy has to record; in ascending order, the names are those of the policy.</summary>
public enum AuditLevel : byte
{
    /// <summary>Who, when and what, without bodies.</summary>
    Metadata,

    /// <summary>With the body of the request.</summary>
    Request,

    /// <summary>With the bodies of the request and of the answer.</summary>
    RequestResponse,
}
