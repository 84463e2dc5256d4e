using Reeve.Audit.Findings;

namespace Reeve.Scanning;

/// <summary>Levels as they are written, and as they look on a terminal.</summary>
internal static class LevelWords
{
    /// <summary>Their names, for messages.</summary>
    public static string All => string.Join(", ", Enum.GetValues<FindingLevel>().Select(level => level.ToName()));

    /// <summary>The colour of a level, as an escape sequence of terminals (ECMA-48, SGR).</summary>
    public static string Colour(FindingLevel level) => level switch
    {
        FindingLevel.Critical => "\e[1;97;41m",
        FindingLevel.High => "\e[1;31m",
        FindingLevel.Medium => "\e[33m",
        FindingLevel.Low => "\e[36m",
        _ => "\e[90m",
    };
}
