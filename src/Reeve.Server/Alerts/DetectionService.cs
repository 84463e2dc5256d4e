using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Reeve.Server.Alerts;

/// <summary>Runs the <see cref="DetectionFollower"/>, and runs it again from what was saved last where it fails.</summary>
internal sealed partial class DetectionService(DetectionFollower follower, TimeProvider time, ILogger<DetectionService> log) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first rules are made ready on a thread of the pool, not while the server starts.
        await Task.Yield();
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

    [LoggerMessage(1312, LogLevel.Error, "Alerts cannot be saved ({Reason}); it is tried again and no event is left out")]
    private partial void LogDisk(string reason);

    [LoggerMessage(1313, LogLevel.Critical, "Detection failed and begins again from what was saved last")]
    private partial void LogFailed(Exception failure);
}
