using System.Diagnostics;

namespace Reeve.Benchmarks.Support;

/// <summary>Runs a program to its end.</summary>
internal static class Child
{
    /// <summary>What it prints on stdout; its stderr goes to ours.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    public static async Task<string> RunAsync(string file, IEnumerable<string> arguments, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file} ended with {process.ExitCode}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
