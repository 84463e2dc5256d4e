using System.Diagnostics;
using Reeve.Store.ClickHouse.Embedded;

namespace Reeve.Store.Tests.Support;

/// <summary>This test program started once more in another mode; it ends when it is disposed or this process is gone.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;

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
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it printed, for the message of a failing test.</summary>
    public string Output { get; private set; } = "";

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>SIGKILL, waited for.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Its standard input ends and it stops by itself; answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (process)
            Output += line is null ? "" : line + "\n";
    }
}
