namespace Reeve.Audit.Findings;

/// <summary>The words for levels.</summary>
public static class FindingLevels
{
    /// <summary>The level's name, as Sigma writes it: <c>high</c>.</summary>
    public static string ToName(this FindingLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>The level of a name, in letters of any case; false for anything else.</summary>
    public static bool TryParse(string? name, out FindingLevel level) =>
        Enum.TryParse(name, ignoreCase: true, out level) && Enum.IsDefined(level) && char.IsAsciiLetter(name![0]);
}
