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

/// <summary>The names of levels.</summary>
public static class LevelNames
{
    /// <summary>All of them, in words for a sentence.</summary>
    public const string All = "None, Metadata, Request or RequestResponse";

    private static readonly AuditLevel[] InOrder = [AuditLevel.None, AuditLevel.Metadata, AuditLevel.Request, AuditLevel.RequestResponse];

    /// <summary>The level of a name; false for an unknown one, a number among them. Case counts, as to the apiserver.</summary>
    public static bool TryParse(string name, out AuditLevel level)
    {
        var at = Array.FindIndex(InOrder, each => each.ToString() == name);
        level = at < 0 ? AuditLevel.None : InOrder[at];
        return at >= 0;
    }
}
