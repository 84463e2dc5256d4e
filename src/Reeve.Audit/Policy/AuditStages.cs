namespace Reeve.Audit.Policy;

/// <summary>Stages of a request, any number of them; the names are those of the policy.</summary>
[Flags]
public enum AuditStages : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The request came in; nothing of it was done yet.</summary>
    RequestReceived = 1,

    /// <summary>The head of the answer was sent, of requests that take long; also the only stage of a failed authentication.</summary>
    ResponseStarted = 2,

    /// <summary>The answer was sent.</summary>
    ResponseComplete = 4,

    /// <summary>The apiserver broke off.</summary>
    Panic = 8,

    /// <summary>All of them.</summary>
    All = RequestReceived | ResponseStarted | ResponseComplete | Panic,
}

/// <summary>The names of stages.</summary>
public static class StageNames
{
    private static readonly AuditStages[] InOrder = [AuditStages.RequestReceived, AuditStages.ResponseStarted, AuditStages.ResponseComplete, AuditStages.Panic];

    /// <summary>Each stage of a set, in the order in which a request passes them.</summary>
    public static IEnumerable<AuditStages> Each(this AuditStages stages) => InOrder.Where(stage => stages.HasFlag(stage));

    /// <summary>The stage of a name; false for an unknown one. Case counts, as to the apiserver.</summary>
    public static bool TryParse(string name, out AuditStages stage)
    {
        stage = InOrder.FirstOrDefault(each => each.ToString() == name);
        return stage != AuditStages.None;
    }
}
