using System.Diagnostics;
using Reeve.Benchmarks.Support;
using Reeve.Store.ClickHouse;

namespace Reeve.Benchmarks.Pipeline;

/// <summary>A real <c>reeve serve</c> that follows a folder, with new data.</summary>
internal sealed class ReeveServe : IAsyncDisposable
{
    private static readonly TimeSpan OpenPoll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan CountPoll = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly string _folder;
    private readonly ClickHouseHttp _client;

    private ReeveServe(string folder, Process process)
    {
        (_folder, _process) = (folder, process);
        _client = new ClickHouseHttp(StoreEndpoint.FromSocket(Path.Combine(folder, "data", "store.sock")), TimeProvider.System);
    }

    /// <summary>Starts a server that has read a first log; returns when that is searchable.</summary>
    public static async Task<ReeveServe> StartAsync(BenchOptions options, string log, long events, CancellationToken ct)
    {
        var folder = Folders.Renew(options.Work, "serve");
        var logs = Folders.Renew(folder, "logs");
        var start = new ProcessStartInfo(options.Reeve, ["serve", "--data", Path.Combine(folder, "data"), "--listen", "127.0.0.1:0", logs])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => File.AppendAllText(folder + ".log", line.Data + "\n");
        process.BeginErrorReadLine();
        if (await process.StandardOutput.ReadLineAsync(ct) is null)
            throw new InvalidOperationException($"reeve serve did not start; it said why in {folder}.log");
        var server = new ReeveServe(folder, process);
        File.Copy(log, Path.Combine(logs, "warm-up.jsonl"));
        await server.WaitForAsync(events, ct);
        await server._client.WaitForMergesAsync(ct);
        return server;
    }

    /// <summary>Gives it a log, and measures from when it opens the file until the store counts all rows.</summary>
    public async Task<PipelineCost> ReadAsync(string log, long total, CancellationToken ct)
    {
        var unnamed = Path.Combine(_folder, "next");
        File.Copy(log, unnamed);
        var path = Path.Combine(_folder, "logs", "log.jsonl");
        using var store = Process.GetProcessById((await _client.AskProcessAsync(ct))!.Value);
        var (server, stored) = (Cpu(_process), Cpu(store));
        File.Move(unnamed, path);
        while (!HasOpen(path))
            await Task.Delay(OpenPoll, ct);
        var begun = Stopwatch.GetTimestamp();
        await WaitForAsync(total, ct);
        return new PipelineCost(Stopwatch.GetElapsedTime(begun), Cpu(_process) - server, Cpu(store) - stored);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Child.RunAsync("kill", ["-TERM", $"{_process.Id}"], CancellationToken.None);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private bool HasOpen(string path) =>
        Directory.EnumerateFiles($"/proc/{_process.Id}/fd").Any(file => new FileInfo(file).LinkTarget == path);

    private async Task WaitForAsync(long events, CancellationToken ct)
    {
        while (!_process.HasExited)
        {
            if (await TryCountAsync(ct) >= events)
                return;
            await Task.Delay(CountPoll, ct);
        }

        throw new InvalidOperationException($"reeve serve ended; it said why in {_folder}.log");
    }

    // At first there is no store yet, then no table.
    private async Task<long> TryCountAsync(CancellationToken ct)
    {
        try
        {
            return await _client.CountAsync("events", ct);
        }
        catch (ClickHouseException)
        {
            return 0;
        }
    }
}

/// <summary>What a log cost on its whole way.</summary>
/// <param name="Took">From opening the file until the last event can be found.</param>
/// <param name="Server">User and system time of the server in that time.</param>
/// <param name="Store">The same of the store.</param>
internal sealed record PipelineCost(TimeSpan Took, TimeSpan Server, TimeSpan Store);
