using System.CommandLine;
using Reeve.Audit.Findings;
using Reeve.Scanning;

namespace Reeve.Commands;

/// <summary>Options that take a level, like <c>--fail-on</c>.</summary>
internal static class LevelOption
{
    /// <summary>The level; null where the option is left out.</summary>
    /// <exception cref="CommandFailedException">It is no level.</exception>
    public static FindingLevel? Read(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => null,
        var text when FindingLevels.TryParse(text, out var level) => level,
        var text => throw new CommandFailedException(ExitCode.WrongUsage, $"{option.Name} {text}: not one of {LevelWords.All}"),
    };
}
