using Microsoft.Extensions.Logging;
using Reeve.Journaling;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Files;
using Reeve.Server.State;

namespace Reeve.Server.Sources;

/// <summary>Runs a source, and runs it again where it ends by a failure: one source less, never the end of the server.</summary>
internal sealed partial class SourceRunner(
    Journal journal, StateDatabase state, JournalledPositions positions, TimeProvider time, ILogger<SourceRunner> log)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>Runs <paramref name="run"/> until it comes to its end or is cancelled.</summary>
    public async Task RunAsync(SourceRun run, CancellationToken ct)
    {
        var delay = FirstDelay;
        string? known = null;
        while (true)
        {
            var begun = time.GetTimestamp();
            var source = run.Create();
            try
            {
                await MoveOnAsync(run.Name, ct);
                await source.RunAsync(ct);
                return;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                source.Fail(failure.Message);
                if (failure.Message != known)
                    LogFailed(failure, run.Name);
                known = failure.Message;
            }

            // A failure after a long time without one is not the failure of before.
            if (time.GetElapsedTime(begun) >= LongestDelay)
                delay = FirstDelay;
            await Task.Delay(delay, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ct.IsCancellationRequested)
                return;
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    // Events without an id are never duplicates: what the run before journalled must not be read again.
    private async Task MoveOnAsync(string source, CancellationToken ct)
    {
        var numbered = positions.Of(source);
        if (numbered.Count == 0)
            return;
        await journal.WaitDurableAsync(journal.NextSequence, ct);
        FileCursors.MoveOn(state, numbered);
    }

    [LoggerMessage(1, LogLevel.Error, "Source {Source} ended by a failure; it is started again, after a minute at most")]
    private partial void LogFailed(Exception failure, string source);
}
