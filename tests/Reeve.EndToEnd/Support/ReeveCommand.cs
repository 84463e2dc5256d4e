using System.Diagnostics;

namespace Reeve.EndToEnd.Support;

/// <summary>The real program, run to its end.</summary>
internal static class ReeveCommand
{
    /// <summary>Runs a command; answers how it ended and what it said.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(ReeveProcess.Executable(), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var command = Process.Start(start)!;
        var (output, error) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (command.ExitCode, await output, await error);
    }
}
