namespace Reeve.Audit.Policy.Traffic;

/// <summary>Events alike to any audit policy, as they were recorded.</summary>
/// <param name="Request">Their request; without the object's name where that was not counted apart.</param>
/// <param name="Level">The level at which they were recorded.</param>
/// <param name="Stage">Their stage.</param>
public sealed record TrafficRow(PolicyRequest Request, AuditLevel Level, AuditStages Stage)
{
    /// <summary>How many there are.</summary>
    public long Events { get; init; }

    /// <summary>Their size as JSON, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>How much of that their <c>requestObject</c> members are.</summary>
    public long RequestBytes { get; init; }

    /// <summary>How much of it their <c>responseObject</c> members are.</summary>
    public long ResponseBytes { get; init; }

    /// <summary>How much of the bodies are <c>managedFields</c>.</summary>
    public long ManagedBytes { get; init; }

    /// <summary>The size of the largest of them, in bytes.</summary>
    public long Largest { get; init; }
}
