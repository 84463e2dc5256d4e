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

    private readonly StoreProcessOptions _options;
    private readonly ILogger<StoreProcess> _log;
    private readonly TimeProvider _time;
    private readonly ClickHouseHttp _client;
    private readonly ReadyState _ready = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _restarts;

    /// <summary>Makes a supervisor; nothing is started yet.</summary>
    public StoreProcess(StoreProcessOptions options, ILogger<StoreProcess> log, TimeProvider time)
    {
        _options = options;
        _log = log;
        _time = time;
        Endpoint = StoreEndpoint.FromSocket(_options.Socket);
        _client = new ClickHouseHttp(Endpoint, _time, AnswerTimeout);
    }

    /// <summary>Where the store answers.</summary>
    public StoreEndpoint Endpoint { get; }

    /// <summary>Whether the store answers now.</summary>
    public bool Ready => _ready.IsSet;

    /// <summary>How often the store was started again.</summary>
    public long Restarts => Interlocked.Read(ref _restarts);

    /// <summary>The process id of the running child; null between two.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>The last line the store printed on stderr: after a failed start, the reason.</summary>
    public string? LastLine { get; private set; }

    /// <summary>Starts the child and keeps it running; returns at once.</summary>
    public void Start() => _running = Task.Run(() => KeepAsync(_stop.Token));

    /// <summary>Waits until the store answers.</summary>
    public Task WaitReadyAsync(CancellationToken cancellationToken) => _ready.WaitAsync(cancellationToken);

    /// <summary>Lets the child end by itself, or kills it after the stop timeout.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        for (var delay = TimeSpan.Zero; !cancellationToken.IsCancellationRequested;)
        {
            var healthyFor = await RunOnceAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;
            delay = _options.Delay.After(delay, healthyFor);
            if (StaleStore.KillHolder(_options.DataFolder) is { } stale)
                LogStaleKilled(stale, _options.DataFolder);
            LogRestarting(delay);
            Interlocked.Increment(ref _restarts);
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            var since = _time.GetTimestamp();
            _ready.Set();
            LogReady(process.Id);
            await WatchAsync(exited, cancellationToken);
            _ready.Reset();
            healthyFor = _time.GetElapsedTime(since);
        }

        await EndAsync(process, exited, cancellationToken.IsCancellationRequested);
        ProcessId = null;
        LogEnded(process.Id, process.ExitCode);
        return healthyFor;
    }

    private Process? TryStart()
    {
        var start = new ProcessStartInfo(_options.File, _options.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _options.Environment)
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
            LogCannotStart(_options.File, e.Message);
            return null;
        }
    }

    private async Task<bool> AnswersAsync(Task exited, CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        while (!exited.IsCompleted && !cancellationToken.IsCancellationRequested && _time.GetElapsedTime(since) < _options.StartTimeout)
        {
            if (await AnswersNowAsync(cancellationToken))
                return true;
            await Task.WhenAny(exited, Task.Delay(AskWhileStarting, _time, cancellationToken));
        }

        return false;
    }

    /// <summary>Returns when the child has ended, answers no more, or is to stop.</summary>
    private async Task WatchAsync(Task exited, CancellationToken cancellationToken)
    {
        for (var missed = 0; missed < MissedChecks;)
        {
            await Task.WhenAny(exited, Task.Delay(_options.CheckEvery, _time, cancellationToken));
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
            return await _client.AskProcessAsync(cancellationToken) == ProcessId;
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
            await Task.WhenAny(exited, Task.Delay(_options.StopTimeout, _time, CancellationToken.None));
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
