namespace Reeve.Audit.Findings;

/// <summary>How much a finding matters: Sigma's levels.</summary>
public enum FindingLevel : byte
{
    /// <summary>Good to know.</summary>
    Informational,

    /// <summary>Seldom matters by itself.</summary>
    Low,

    /// <summary>Worth a look in the course of the day.</summary>
    Medium,

    /// <summary>Worth a look now.</summary>
    High,

    /// <summary>Somebody should be woken.</summary>
    Critical,
}
