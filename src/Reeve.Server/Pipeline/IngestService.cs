using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reeve.Journaling;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Files;
using Reeve.Server.State;

namespace Reeve.Server.Pipeline;

/// <summary>
/// Starts the sources once it is known again what was received before. From then on events are accepted whether the
/// store answers or not.
/// </summary>
internal sealed partial class IngestService(
    Journal journal, StateDatabase state, RecentEvents recent, StoredIdentities stored, IEnumerable<SourceRun> sources, SourceRunner runner,
    ILogger<IngestService> log) : BackgroundService
{
    // A store that starts takes a second or two; one that is down must not keep events out.
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(30);

    /// <summary>Whether the sources were started.</summary>
    public bool Started { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var remembered = await stored.RememberAsync(recent, StorePatience, stoppingToken);
        if (remembered)
            LogRemembered();
        else
            LogStoreSilent(StorePatience.TotalSeconds);
        var replay = await Task.Run(() => JournalReplay.Read(journal, recent, stoppingToken), stoppingToken);
        LogReplayed(replay.Entries);
        FileCursors.MoveOn(state, replay.Positions);
        SourceServices.ForgetOthers(journal, sources.Select(source => source.Name));
        var running = sources.Select(source => Task.Run(() => runner.RunAsync(source, stoppingToken), stoppingToken)).ToList();
        Started = true;
        if (!remembered)
            running.Add(RememberLateAsync(stoppingToken));
        await Task.WhenAll(running);
    }

    private async Task RememberLateAsync(CancellationToken ct)
    {
        if (await stored.RememberAsync(recent, Timeout.InfiniteTimeSpan, ct))
            LogRememberedLate();
    }

    [LoggerMessage(1, LogLevel.Information, "The journal holds {Entries} entries")]
    private partial void LogReplayed(long entries);

    [LoggerMessage(2, LogLevel.Warning, "The store did not answer for {Seconds} seconds; events are accepted without it. Those that are stored already may be stored twice when they are delivered again before the store has answered")]
    private partial void LogStoreSilent(double seconds);

    [LoggerMessage(3, LogLevel.Information, "What the store received lately is known again; the sources start")]
    private partial void LogRemembered();

    [LoggerMessage(4, LogLevel.Information, "The store has answered: what it received lately is known again")]
    private partial void LogRememberedLate();
}
