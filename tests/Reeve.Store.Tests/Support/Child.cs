using System.Diagnostics;
using Reeve.Store.ClickHouse.Embedded;

namespace Reeve.Store.Tests.Support;

/// <summary>This test program started once more in another mode; it ends when it is disposed or this process is gone.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;

    public Child(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) 
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[StoreHostOptions.LibraryVariable] = Chdb.Library;
        start.Environment[StoreHostOptions.LifelineVariable] = "stdin";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it printed, for the message of a failing test.</summary>
    public string Output { get; private set; } = "";

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>SIGKILL, waited for.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Its standard input ends and it stops by itself; answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_process)
            Output += line is null ? "" : line + "\n";
    }
}
