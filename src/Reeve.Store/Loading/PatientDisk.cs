using Microsoft.Extensions.Logging;

namespace Reeve.Store.Loading;

/// <summary>Repeats a step until the disk takes it: a full, failing or forbidden disk stops loading until it is better, and nothing else.</summary>
internal sealed partial class PatientDisk(TimeSpan delay, TimeProvider clock, ILogger log)
{
    /// <summary>Runs a step that can be repeated.</summary>
    public async Task DoAsync(Action step, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                step();
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (tries == 0)
                    Log.Failed(log, e.Message);
            }

            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(12, LogLevel.Error, "Loading into the store waits for the data folder's disk: {Reason}")]
        public static partial void Failed(ILogger log, string reason);
    }
}
