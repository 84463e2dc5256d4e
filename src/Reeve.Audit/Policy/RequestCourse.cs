namespace Reeve.Audit.Policy;

/// <summary>
/// How a request went, as far as it decides which events the apiserver makes of it (k8s.io/apiserver,
/// pkg/endpoints/filters/audit.go).
/// </summary>
/// <param name="IsLongRunning">Whether it takes long by its kind, see <see cref="AuditEvent.IsLongRunning"/>.</param>
/// <param name="HasAnswer">Whether the head of an answer was written before it ended.</param>
/// <param name="Code">The code in that head.</param>
/// <param name="HasPanicked">Whether the apiserver broke off.</param>
public readonly record struct RequestCourse(bool IsLongRunning, bool HasAnswer, int Code, bool HasPanicked)
{
    // Where nothing was written, the apiserver answers for it.
    private const int CodeOfNothing = 200;
    private const int CodeOfPanic = 500;

    /// <summary>The events of it in their order, with the code each shows; 0 where it shows none.</summary>
    public IEnumerable<(AuditStages Stage, int Code)> Events(AuditStages omitted)
    {
        var code = HasAnswer ? Code : CodeOfNothing;
        (AuditStages Stage, int Code) last = HasPanicked ? (AuditStages.Panic, CodeOfPanic) : (AuditStages.ResponseComplete, code);
        var isStarted = IsLongRunning && (HasAnswer || !HasPanicked);
        (AuditStages Stage, int Code)[] all = isStarted
            ? [(AuditStages.RequestReceived, 0), (AuditStages.ResponseStarted, code), last]
            : [(AuditStages.RequestReceived, 0), last];
        return all.Where(each => !omitted.HasFlag(each.Stage));
    }
}
