namespace Reeve.Audit.Policy;

/// <summary>
/// What the apiserver does with an event that is too large for its backend, once <c>--audit-log-truncate-enabled</c> or
/// <c>--audit-webhook-truncate-enabled</c> is given (k8s.io/apiserver, plugin/pkg/audit/truncate).
/// </summary>
public enum BackendTruncation : byte
{
    /// <summary>It is sent whole.</summary>
    Whole,

    /// <summary>Its bodies are taken away, and it is marked.</summary>
    WithoutBodies,

    /// <summary>It is dropped: it is too large without bodies, too.</summary>
    Dropped,
}

/// <summary>The apiserver's rule for what is too large.</summary>
public static class BackendTruncations
{
    /// <summary>The largest event unless <c>--audit-*-truncate-max-event-size</c> says otherwise, in bytes.</summary>
    public const int DefaultMost = 100 * 1024;

    /// <summary>What happens to an event.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="bytes">Its size as JSON.</param>
    /// <param name="bodyBytes">How much of that its bodies are.</param>
    /// <param name="most">The largest that is sent whole.</param>
    public static BackendTruncation Of(AuditLevel level, long bytes, long bodyBytes, long most = DefaultMost) =>
        bytes <= most ? BackendTruncation.Whole
        : level >= AuditLevel.Request && bytes - bodyBytes <= most ? BackendTruncation.WithoutBodies
        : BackendTruncation.Dropped;
}
