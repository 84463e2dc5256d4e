using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// Keeps the embedded store running as a child process: starts it, waits until it answers, starts it again when it ends.
/// The child ends with this process, however that ends: its standard input does. Thread-safe.
/// </summary>
public sealed partial class StoreProcess : IAsyncDisposable
{
    private const int MissedChecks = 3;
    private static readonly TimeSpan AskWhileStarting = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly StoreProcessOptions options;
    private readonly ILogger<StoreProcess> log;
    private readonly TimeProvider time;
    private readonly ClickHouseHttp client;
    private readonly ReadyState ready = new();
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private long restarts;

    /// <summary>Makes a supervisor; nothing is started yet.</summary>
    public StoreProcess(StoreProcessOptions options, ILogger<StoreProcess> log, TimeProvider time)
    {
        this.options = options;
        this.log = log;
        this.time = time;
        Endpoint = StoreEndpoint.FromSocket(options.Socket);
        client = new ClickHouseHttp(Endpoint, time, AnswerTimeout);
    }

    /// <summary>Where the store answers.</summary>
    public StoreEndpoint Endpoint { get; }

    /// <summary>Whether the store answers now.</summary>
    public bool Ready => ready.IsSet;

    /// <summary>How often the store was started again.</summary>
    public long Restarts => Interlocked.Read(ref restarts);

    /// <summary>The process id of the running child; null between two.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>The last line the store printed on stderr: after a failed start, the reason.</summary>
    public string? LastLine { get; private set; }

    /// <summary>Starts the child and keeps it running; returns at once.</summary>
    public void Start() => running = Task.Run(() => KeepAsync(stop.Token));

    /// <summary>Waits until the store answers.</summary>
    public Task WaitReadyAsync(CancellationToken cancellationToken) => ready.WaitAsync(cancellationToken);

    /// <summary>Lets the child end by itself, or kills it after the stop timeout.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        client.Dispose();
        stop.Dispose();
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        for (var delay = TimeSpan.Zero; !cancellationToken.IsCancellationRequested;)
        {
            var healthyFor = await RunOnceAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;
            delay = options.Delay.After(delay, healthyFor);
            if (StaleStore.KillHolder(options.DataFolder) is { } stale)
                LogStaleKilled(stale, options.DataFolder);
            LogRestarting(delay);
            Interlocked.Increment(ref restarts);
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One life of the child; answers how long it was ready.</summary>
    private async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var process = TryStart();
        if (process is null)
            return TimeSpan.Zero;
        var exited = process.WaitForExitAsync(CancellationToken.None);
        var healthyFor = TimeSpan.Zero;
        if (await AnswersAsync(exited, cancellationToken))
        {
            var since = time.GetTimestamp();
            ready.Set();
            LogReady(process.Id);
            await WatchAsync(exited, cancellationToken);
            ready.Reset();
            healthyFor = time.GetElapsedTime(since);
        }

        await EndAsync(process, exited, cancellationToken.IsCancellationRequested);
        ProcessId = null;
        LogEnded(process.Id, process.ExitCode);
        return healthyFor;
    }

    private Process? TryStart()
    {
        var start = new ProcessStartInfo(options.File, options.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        start.Environment[StoreHostOptions.LifelineVariable] = "stdin";
        try
        {
            var process = Process.Start(start)!;
            ProcessId = process.Id;
            process.OutputDataReceived += (_, line) => Relay(line.Data);
            process.ErrorDataReceived += (_, line) => Relay(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception e)
        {
            LogCannotStart(options.File, e.Message);
            return null;
        }
    }

    private async Task<bool> AnswersAsync(Task exited, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (!exited.IsCompleted && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(since) < options.StartTimeout)
        {
            if (await AnswersNowAsync(cancellationToken))
                return true;
            await Task.WhenAny(exited, Task.Delay(AskWhileStarting, time, cancellationToken));
        }

        return false;
    }

    /// <summary>Returns when the child has ended, answers no more, or is to stop.</summary>
    private async Task WatchAsync(Task exited, CancellationToken cancellationToken)
    {
        for (var missed = 0; missed < MissedChecks;)
        {
            await Task.WhenAny(exited, Task.Delay(options.CheckEvery, time, cancellationToken));
            if (exited.IsCompleted || cancellationToken.IsCancellationRequested)
                return;
            missed = await AnswersNowAsync(cancellationToken) ? 0 : missed + 1;
        }

        LogHangs();
    }

    /// <summary>Whether our child answers: the dying one of a killed server may still do so on the same socket.</summary>
    private async Task<bool> AnswersNowAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.AskProcessAsync(cancellationToken) == ProcessId;
        }
        catch (Exception e) when (e is ClickHouseException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task EndAsync(Process process, Task exited, bool gracefully)
    {
        if (gracefully && !exited.IsCompleted)
        {
            process.StandardInput.Close();
            await Task.WhenAny(exited, Task.Delay(options.StopTimeout, time, CancellationToken.None));
        }

        if (!exited.IsCompleted)
            process.Kill();
        await exited;
    }

    private void Relay(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        LastLine = line;
        LogLine(line);
    }
}
