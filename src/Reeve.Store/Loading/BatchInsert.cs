using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Reeve.Store.ClickHouse;

namespace Reeve.Store.Loading;

/// <summary>What became of the rows of a batch.</summary>
/// <param name="Stored">
/// They are stored, every one. Otherwise not all are, and never will be together: try fewer of those that are missing, or the one in another form.
/// </param>
/// <param name="Failed">Whether a try failed before.</param>
/// <param name="InDoubt">Whether the answer to a try was lost, so that it may still be at work.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InsertAnswer(bool Stored, bool Failed, bool InDoubt);

/// <summary>
/// Sends rows until the store has taken or refused them, for ever while it is away. A success that follows a failure is not believed:
/// a MergeTree that was killed after noting the token and before the rows were in place answers success to the batch it has lost.
/// The rows are then looked for, and those that are missing are sent again under tokens of their own.
/// </summary>
internal sealed partial class BatchInsert(
    IClickHouse store, StoredRows stored, StoreLoaderOptions options, TimeProvider clock, LoaderMetrics metrics, LoadingTrouble trouble, ILogger log)
{
    /// <summary>Sends a whole batch.</summary>
    /// <param name="batch">At least one row.</param>
    /// <param name="token">What identifies its bytes.</param>
    /// <param name="doubtful">Whether this token may have been sent before, in a life of this server that knew nothing of the answer.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<InsertAnswer> TryAsync(EventBatch batch, string token, bool doubtful, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(batch, token, cancellationToken);
        // A replicated table notes a token and its rows in one step, and another replica may not have them yet.
        if (!answer.Stored || !(doubtful || answer.Failed) || options.Replicated)
            return answer;
        for (var round = 1; ; round++)
        {
            var missing = await stored.MissingAsync(batch, settled: true, cancellationToken);
            if (missing.Count == 0)
                return answer;
            Log.Lost(log, missing.Count, token);
            using var rest = batch.Only(missing);
            var again = await SendAsync(rest, $"{token}-again-{round}", cancellationToken);
            if (!again.Stored)
                return again with { InDoubt = true };
        }
    }

    private async Task<InsertAnswer> SendAsync(EventBatch batch, string token, CancellationToken cancellationToken)
    {
        var (overloaded, failed, inDoubt) = (0, false, false);
        for (var delay = options.RetryDelay; ; delay = options.NextDelay(delay))
        {
            try
            {
                await store.InsertAsync("events", EventRowEncoder.Columns, new RowsContent(batch.Rows, 0, batch.Count), token, cancellationToken);
                trouble.End();
                return new InsertAnswer(Stored: true, failed, inDoubt);
            }
            catch (ClickHouseException e) when (e.Failure == StoreFailure.Refused)
            {
                trouble.End();
                Log.Refused(log, batch.Count, token, e.Message);
                return new InsertAnswer(Stored: false, failed, inDoubt);
            }
            catch (ClickHouseException e)
            {
                metrics.Retried();
                trouble.Begin(e.Message);
                failed = true;
                inDoubt |= e.Failure == StoreFailure.Unavailable;
                if (e.Failure == StoreFailure.Overloaded && batch.Count > 1 && ++overloaded >= options.OverloadedTries)
                    return new InsertAnswer(Stored: false, failed, inDoubt);
            }

            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(22, LogLevel.Warning, "The store refused {Rows} rows ({Token}): {Reason}")]
        public static partial void Refused(ILogger log, int rows, string token, string reason);

        [LoggerMessage(23, LogLevel.Warning, "The store said that it has {Token} and lacks {Rows} rows of it: they are sent again")]
        public static partial void Lost(ILogger log, int rows, string token);
    }
}
