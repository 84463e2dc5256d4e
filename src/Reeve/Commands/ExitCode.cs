namespace Reeve.Commands;

/// <summary>What the program answers to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage: arguments, configuration.</summary>
    public const int WrongUsage = 2;

    /// <summary>Done, and what <c>--fail-on</c> asks for is there.</summary>
    public const int ConditionMet = 3;
}

/// <summary>Ends a command with one line that says what failed, where, and what to do.</summary>
internal sealed class CommandFailedException(int exitCode, string message, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The exit code.</summary>
    public int ExitCode { get; } = exitCode;
}
