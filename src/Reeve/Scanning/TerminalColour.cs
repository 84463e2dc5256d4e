using Reeve.Commands;

namespace Reeve.Scanning;

/// <summary>Whether text for people is coloured.</summary>
internal static class TerminalColour
{
    /// <summary>What <c>--color</c> takes.</summary>
    public const string Choices = "auto, always, never";

    /// <summary>
    /// Whether it is: always, never, or where stdout is a terminal and the variable <c>NO_COLOR</c> is not set (no-color.org).
    /// </summary>
    /// <exception cref="CommandFailedException">The choice is none.</exception>
    public static bool IsWanted(string choice) => choice switch
    {
        "always" => true,
        "never" => false,
        "auto" => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
        _ => throw new CommandFailedException(ExitCode.WrongUsage, $"--color {choice}: not one of {Choices}"),
    };
}
