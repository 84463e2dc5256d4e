using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Reeve.EndToEnd.Support;

/// <summary>A real <c>reeve serve</c> on a free port of loopback, with its own data folder.</summary>
internal sealed partial class ReeveProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateBounded<string>(1_000);
    private readonly Queue<string> _log = new();

    private ReeveProcess(Process process, string data)
    {
        _process = process;
        Data = data;
    }

    /// <summary>The data folder.</summary>
    public string Data { get; }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The one-time link for the first administrator; null where there is one.</summary>
    public Uri? WelcomeLink { get; private set; }

    /// <summary>The process of the server.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The last lines of its log.</summary>
    public string LogText
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    /// <summary>The program, as it was built beside these tests.</summary>
    public static string Executable()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(Repository.Root, "src/Reeve/bin", configuration, "net10.0/linux-x64/reeve");
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="paths">What it reads.</param>
    /// <param name="wrapper">A command to run it under, such as <c>strace</c>.</param>
    /// <param name="environment">Settings, such as <c>REEVE_STORE_MAXMEMORY</c>.</param>
    /// <param name="configuration">What its <c>reeve.yaml</c> says.</param>
    public static async Task<ReeveProcess> StartAsync(
        string data, IEnumerable<string> paths, IReadOnlyList<string>? wrapper = null,
        IReadOnlyDictionary<string, string>? environment = null, string? configuration = null)
    {
        var isFirst = !File.Exists(Path.Combine(data, "reeve.db"));
        // Told nothing, each server would listen for syslog on the same port.
        var file = data + ".yaml";
        await File.WriteAllTextAsync(file, configuration ?? "sources: []");
        string[] command = [.. wrapper ?? [], Executable(), "serve", "--config", file, "--data", data, "--listen", "127.0.0.1:0", .. paths];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REEVE_LIBCHDB"] = EmbeddedLibrary.Path();
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var server = new ReeveProcess(Process.Start(start)!, data);
        server.Listen();
        await server.WaitForAddressAsync(isFirst);
        return server;
    }

    /// <summary>Makes a token that sends a cluster's events, on the command line and beside a server that may be running.</summary>
    public static async Task<string> CreateTokenAsync(string data, string cluster)
    {
        var start = new ProcessStartInfo(Executable(), ["token", "create", "--cluster", cluster, "--data", data])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var command = Process.Start(start)!;
        var (output, error) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == 0, await error);
        var token = Assert.Single((await output).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(token, await error, StringComparison.Ordinal);
        return token;
    }

    /// <summary>Waits until a line of its log contains one of the <paramref name="texts"/>.</summary>
    public async Task WaitForLogAsync(params string[] texts)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!texts.Any(text => LogText.Contains(text, StringComparison.Ordinal)))
        {
            Assert.False(patience.IsCancellationRequested, $"the log never said \"{texts[0]}\":\n{LogText}");
            await poll.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Kills the server as a power cut would: no handler runs.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the server to stop, and waits for it.</summary>
    public async Task<int> StopAsync()
    {
        Process.Start("kill", ["-TERM", ServerProcessId().ToString()]).Dispose();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>The process of its embedded store; null while there is none.</summary>
    public int? StoreProcessId() => Process.GetProcesses()
        .Where(process => ReadLine($"/proc/{process.Id}/cmdline").Contains($"store\0--data\0{Data}", StringComparison.Ordinal))
        .Select(process => (int?)process.Id)
        .FirstOrDefault();

    /// <summary>Kills its embedded store, where one runs at this moment.</summary>
    public void KillStore()
    {
        if (StoreProcessId() is not { } store)
            return;
        using var process = Process.GetProcessById(store);
        process.Kill();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
            await WaitForStoreToEndAsync();
        }

        _process.Dispose();
    }

    // It ends by itself when its server is gone; until then it may still write to a folder that is to be deleted.
    private async Task WaitForStoreToEndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (StoreProcessId() is not null)
            await poll.WaitForNextTickAsync(patience.Token);
    }

    // Under a wrapper such as strace, the server is its child.
    private int ServerProcessId()
    {
        var children = ReadLine($"/proc/{_process.Id}/task/{_process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ReadLine($"/proc/{_process.Id}/comm").StartsWith("reeve", StringComparison.Ordinal) || children.Length == 0
            ? _process.Id
            : int.Parse(children[0]);
    }

    private static string ReadLine(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private void Listen()
    {
        _process.OutputDataReceived += (_, line) => _output.Writer.TryWrite(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.Enqueue(line.Data ?? "");
                while (_log.Count > 200)
                    _log.Dequeue();
            }
        };
        _process.Exited += (_, _) => _output.Writer.TryComplete();
        _process.EnableRaisingEvents = true;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitForAddressAsync(bool withLink)
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        try
        {
            await foreach (var line in _output.Reader.ReadAllAsync(timeout.Token))
            {
                if (Address is null && AddressLine().Match(line) is { Success: true } address)
                    Address = new(address.Value);
                if (line.Contains("/welcome#", StringComparison.Ordinal))
                    WelcomeLink = new(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
                if (Address is not null && (WelcomeLink is not null || !withLink))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
        }

        throw new InvalidOperationException($"the server did not start:\n{LogText}");
    }

    [GeneratedRegex(@"^http://127\.0\.0\.1:\d+/?$", RegexOptions.NonBacktracking)]
    private static partial Regex AddressLine();
}
