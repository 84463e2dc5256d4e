using System.Diagnostics;

namespace Reeve.EndToEnd.Support;

/// <summary>The real program, run to its end.</summary>
internal static class ReeveCommand
{
    /// <summary>Runs a command; answers how it ended and what it said.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var command = Start(arguments, environment: null);
        var (output, error) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (command.ExitCode, await output, await error);
    }

    /// <summary>Starts a command whose output is read as it comes.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables it gets; null for none.</param>
    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(ReeveProcess.Executable(), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
