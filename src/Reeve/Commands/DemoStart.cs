using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Server.Hosting;
using Reeve.Server.Telemetry;

namespace Reeve.Commands;

/// <summary>Tells a person at a terminal how far the start of a demo is. Programs read the log on stderr, and <c>/readyz</c>.</summary>
internal sealed class DemoStart
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(200);

    private readonly bool _isTerminal = !Console.IsErrorRedirected;

    /// <summary>What of the log is said: a person is told in words how things go.</summary>
    public LogLevel LogLevel => _isTerminal ? LogLevel.Warning : LogLevel.Information;

    /// <summary>Says what is waited for until everything is ready.</summary>
    public async Task WatchAsync(ReeveServer server, CancellationToken ct)
    {
        if (!_isTerminal)
            return;
        Say("open the second line in a browser on this machine; Ctrl-C ends the demo");
        var said = "";
        while (!ct.IsCancellationRequested && await WaitingForAsync(server, ct) is { } reason)
        {
            if (reason != said)
                Say(reason);
            said = reason;
            await Task.Delay(AskEvery, TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!ct.IsCancellationRequested)
            Say("the samples are loaded, and events keep coming");
    }

    private static async Task<string?> WaitingForAsync(ReeveServer server, CancellationToken ct)
    {
        foreach (var check in server.Services.GetServices<IReadinessCheck>())
        {
            try
            {
                if (await check.CheckAsync(ct) is { Ready: false } found)
                    return found.Message;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        return null;
    }

    private static void Say(string text) => Console.Error.WriteLine($"reeve: {text}");
}
