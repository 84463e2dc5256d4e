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
    Journal journal, StateDatabase state, RecentEvents recent, StoredIdentities stored, IEnumerable<ISource> sources, TimeProvider time,
    ILogger<IngestService> log) : BackgroundService
{
    // A store that starts takes a second or two; one that is down must not keep events out.
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(30);

    /// <summary>Whether the sources were started.</summary>
    public bool Started { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await RememberStoredAsync(stoppingToken);
        var replay = await Task.Run(() => JournalReplay.Read(journal, recent, stoppingToken), stoppingToken);
        LogReplayed(replay.Entries);
        FileCursors.MoveOn(state, replay.Positions);
        SourceServices.ForgetOthers(journal, sources.Select(source => source.Name));
        var running = sources.Select(source => Task.Run(() => RunAsync(source, stoppingToken), stoppingToken)).ToList();
        Started = true;
        await Task.WhenAll(running);
    }

    private async Task RememberStoredAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(StorePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await stored.RememberAsync(recent, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LogStoreSilent(StorePatience.TotalSeconds);
        }
    }

    // A source that fails is one source less, not the end of the server.
    private async Task RunAsync(ISource source, CancellationToken ct)
    {
        try
        {
            await source.RunAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            LogSourceFailed(failure, source.Name);
            source.Fail(failure.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The journal holds {Entries} entries")]
    private partial void LogReplayed(long entries);

    [LoggerMessage(2, LogLevel.Warning, "The store did not answer for {Seconds} seconds; events are accepted without it. Those that are delivered again now and were stored before may be stored twice")]
    private partial void LogStoreSilent(double seconds);

    [LoggerMessage(3, LogLevel.Error, "Source {Source} ended; restart the server to read it again")]
    private partial void LogSourceFailed(Exception failure, string source);
}
