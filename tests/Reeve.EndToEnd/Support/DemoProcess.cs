using System.Diagnostics;

namespace Reeve.EndToEnd.Support;

/// <summary>A real <c>reeve demo</c> on a free port of loopback; its temporary files lie in a folder of the test.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _log;

    private DemoProcess(Process process)
    {
        _process = process;
        _log = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The first line it printed.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The second line it printed.</summary>
    public string Link { get; private set; } = "";

    /// <summary>Starts it and reads its two lines.</summary>
    public static async Task<DemoProcess> StartAsync(string temporary, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(temporary);
        var demo = new DemoProcess(Start(temporary, arguments));
        demo.Address = await demo.ReadLineAsync();
        demo.Link = await demo.ReadLineAsync();
        return demo;
    }

    /// <summary>Runs it where it must not start.</summary>
    /// <returns>The exit code and what it said on stderr.</returns>
    public static async Task<(int ExitCode, string Error)> FailAsync(string temporary, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(temporary);
        await using var demo = new DemoProcess(Start(temporary, arguments));
        Assert.Equal("", await demo._process.StandardOutput.ReadToEndAsync());
        await demo._process.WaitForExitAsync();
        return (demo._process.ExitCode, await demo._log);
    }

    /// <summary>Asks it to stop.</summary>
    /// <returns>Its exit code, and whatever else it printed on stdout.</returns>
    public async Task<(int ExitCode, string More)> StopAsync()
    {
        Process.Start("kill", ["-TERM", _process.Id.ToString()]).Dispose();
        var rest = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, rest);
    }

    /// <summary>Kills it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static Process Start(string temporary, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(ReeveProcess.Executable(), ["demo", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REEVE_LIBCHDB"] = EmbeddedLibrary.Path();
        start.Environment["TMPDIR"] = temporary;
        return Process.Start(start)!;
    }

    private async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"the demo did not start:\n{await _log}");
}
