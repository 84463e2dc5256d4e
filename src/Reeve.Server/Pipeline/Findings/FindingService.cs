using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reeve.Server.Storage;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>Runs the <see cref="FindingFollower"/>, and runs it again from what was saved last where it fails.</summary>
internal sealed partial class FindingService(FindingFollower follower, StoreService store, TimeProvider time, ILogger<FindingService> log) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nothing may be added to a table that a migration still makes.
        await store.Ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await follower.RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is SqliteException or IOException)
            {
                LogDisk(failure.Message);
            }
            catch (Exception failure)
            {
                LogFailed(failure);
            }

            await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "What is known of findings cannot be read or saved ({Reason}); it is tried again and nothing is lost")]
    private partial void LogDisk(string reason);

    [LoggerMessage(2, LogLevel.Critical, "Looking for findings failed and begins again; nothing is lost")]
    private partial void LogFailed(Exception failure);
}
