using System.Diagnostics;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>A server that cannot start says why in one line and ends with the exit code of the cause.</summary>
public sealed class FailedStartTests
{
    [Fact]
    public async Task Damaged_state_is_named_and_ends_with_1()
    {
        using var folder = new TemporaryFolder();
        folder.Write("data/reeve.db", new string('x', 8_192));

        var (exitCode, error) = await ServeAsync(folder, []);

        Assert.Equal(1, exitCode);
        Assert.Matches("^reeve: reeve.db: .*; restore it from a backup\n$", error);
    }

    [Fact]
    public async Task Journal_of_less_than_two_segments_is_a_wrong_configuration()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, error) = await ServeAsync(folder, [], ("REEVE_LIMITS_JOURNAL", "64MiB"));

        Assert.Equal(2, exitCode);
        Assert.Equal("reeve: REEVE_LIMITS_JOURNAL: 'journal' is at least 256MiB; found '64MiB'\n", error);
    }

    [Fact]
    public async Task Path_that_is_called_like_a_configured_source_is_a_wrong_configuration()
    {
        using var folder = new TemporaryFolder();
        var logs = folder["logs"];
        folder.Write("reeve.yaml", $"sources: [{{type: file, name: {logs}, path: {logs}}}]");

        var (exitCode, error) = await ServeAsync(folder, ["--config", folder["reeve.yaml"], logs]);

        Assert.Equal(2, exitCode);
        Assert.Equal($"reeve: {logs}: a source of the configuration is called that already; leave one of them out\n", error);
    }

    [Fact]
    public async Task Path_inside_another_is_read_with_it()
    {
        using var folder = new TemporaryFolder();
        // The damaged state ends the server after its paths were read.
        folder.Write("data/reeve.db", new string('x', 8_192));

        var (_, error) = await ServeAsync(folder, [folder["logs"], folder["logs/kubernetes"] + "/", folder["logs-old"]]);

        Assert.Equal([$"reeve: {folder["logs/kubernetes"]} is inside {folder["logs"]} and is read with it"], error.Split('\n').Where(line => line.Contains("inside")));
    }

    private static async Task<(int ExitCode, string Error)> ServeAsync(
        TemporaryFolder folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(ReeveProcess.Executable(), ["serve", "--data", folder["data"], "--listen", "127.0.0.1:0", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await output);
        return (process.ExitCode, error);
    }
}
