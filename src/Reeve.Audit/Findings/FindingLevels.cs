namespace Reeve.Audit.Findings;

/// <summary>The words for levels.</summary>
public static class FindingLevels
{
    /// <summary>The level's name, as Sigma writes it: <c>high</c>.</summary>
    public static string ToName(this FindingLevel level) => level.ToString().ToLowerInvariant();
}
