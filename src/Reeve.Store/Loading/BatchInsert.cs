using Microsoft.Extensions.Logging;
using Reeve.Store.ClickHouse;

namespace Reeve.Store.Loading;

/// <summary>What became of a run of rows.</summary>
internal enum InsertOutcome
{
    /// <summary>They are stored.</summary>
    Stored,

    /// <summary>They are not, and never will be together: try fewer, or the one in another form.</summary>
    Split,
}

/// <summary>Sends rows until the store has taken or refused them, for ever while it is away.</summary>
internal sealed partial class BatchInsert(
    IClickHouse store, StoreLoaderOptions options, TimeProvider clock, LoaderMetrics metrics, ILogger log)
{
    /// <summary>Why nothing is stored at the moment; null where all is well.</summary>
    public string? Trouble { get; private set; }

    public async Task<InsertOutcome> TryAsync(EventBatch batch, int firstRow, int rows, string token, CancellationToken cancellationToken)
    {
        var delay = options.RetryDelay;
        for (var overloaded = 0; ; metrics.Retried())
        {
            try
            {
                await store.InsertAsync("events", EventRowEncoder.Columns, new RowsContent(batch.Rows, firstRow, rows), token, cancellationToken);
                End();
                return InsertOutcome.Stored;
            }
            catch (ClickHouseException e) when (e.Failure == StoreFailure.Refused)
            {
                End();
                Log.Refused(log, rows, token, e.Message);
                return InsertOutcome.Split;
            }
            catch (ClickHouseException e)
            {
                Begin(e);
                if (e.Failure == StoreFailure.Overloaded && rows > 1 && ++overloaded >= options.OverloadedTries
                    && await NoneIsStoredAsync(batch, firstRow, rows, cancellationToken))
                {
                    return InsertOutcome.Split;
                }
            }

            await Task.Delay(delay, clock, cancellationToken);
            delay = delay * 2 < options.MaxRetryDelay ? delay * 2 : options.MaxRetryDelay;
        }
    }

    // An insert over several partitions can end with some of them stored. Its halves would have other tokens and store those rows again.
    private async Task<bool> NoneIsStoredAsync(EventBatch batch, int firstRow, int rows, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object>
        {
            ["server"] = options.Server,
            ["first"] = batch.SequenceOf(firstRow),
            ["last"] = batch.SequenceOf(firstRow + rows - 1),
        };
        try
        {
            var counts = store.QueryAsync(
                "SELECT count() FROM events WHERE server = {server:String} AND seq >= {first:UInt64} AND seq <= {last:UInt64}",
                parameters, row => row.GetFieldValue<ulong>(0), ReadLimits.Interactive, cancellationToken);
            await foreach (var count in counts)
                return count == 0;
        }
        catch (ClickHouseException)
        {
            // It cannot say: the whole batch is tried again.
        }

        return false;
    }

    private void Begin(ClickHouseException failure)
    {
        if (Trouble is null)
            Log.Stopped(log, failure.Message);
        Trouble = failure.Message;
    }

    private void End()
    {
        if (Trouble is not null)
            Log.GoesOn(log);
        Trouble = null;
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Warning, "The store takes no events at the moment; they are kept in the journal and tried again: {Reason}")]
        public static partial void Stopped(ILogger log, string reason);

        [LoggerMessage(21, LogLevel.Information, "The store takes events again")]
        public static partial void GoesOn(ILogger log);

        [LoggerMessage(22, LogLevel.Warning, "The store refused {Rows} rows ({Token}): {Reason}")]
        public static partial void Refused(ILogger log, int rows, string token, string reason);
    }
}
