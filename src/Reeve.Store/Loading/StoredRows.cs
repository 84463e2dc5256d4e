using Reeve.Store.ClickHouse;

namespace Reeve.Store.Loading;

/// <summary>Asks the store which rows of this server it has. A store that does not answer is asked again for as long as it takes.</summary>
internal sealed class StoredRows(IClickHouse store, StoreLoaderOptions options, TimeProvider clock, LoadingTrouble trouble)
{
    private static readonly ReadLimits Limits = new(TimeSpan.FromMinutes(5), 512L << 20, 2, 1);

    /// <summary>The rows of <paramref name="batch"/> that are not in the store, as indexes of the batch.</summary>
    /// <param name="batch">The rows, in order of their sequences.</param>
    /// <param name="settled">
    /// Whether an insert whose answer was lost may still be at work: rows then count as missing only when two answers,
    /// <see cref="StoreLoaderOptions.MaxRetryDelay"/> apart, agree about which are.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<List<int>> MissingAsync(EventBatch batch, bool settled, CancellationToken cancellationToken)
    {
        var missing = await AskAsync(batch, cancellationToken);
        while (settled && missing.Count > 0)
        {
            await Task.Delay(options.MaxRetryDelay, clock, cancellationToken);
            var again = await AskAsync(batch, cancellationToken);
            settled = again.Count != missing.Count;
            missing = again;
        }

        return missing;
    }

    private async Task<List<int>> AskAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object>
        {
            ["server"] = options.Server,
            ["first"] = batch.SequenceOf(0),
            ["last"] = batch.SequenceOf(batch.Count - 1),
        };
        var stored = await PatientlyAsync(parameters, cancellationToken);
        return [.. Enumerable.Range(0, batch.Count).Where(row => !stored.Contains(batch.SequenceOf(row)))];
    }

    private async Task<HashSet<ulong>> PatientlyAsync(Dictionary<string, object> parameters, CancellationToken cancellationToken)
    {
        var failed = false;
        for (var delay = options.RetryDelay; ; delay = options.NextDelay(delay))
        {
            try
            {
                var stored = new HashSet<ulong>();
                var rows = store.QueryAsync(
                    "SELECT seq FROM events WHERE server = {server:String} AND seq >= {first:UInt64} AND seq <= {last:UInt64}",
                    parameters, row => row.GetFieldValue<ulong>(0), Limits, cancellationToken);
                await foreach (var sequence in rows)
                    stored.Add(sequence);
                if (failed)
                    trouble.End();
                return stored;
            }
            catch (ClickHouseException e)
            {
                failed = true;
                trouble.Begin(e.Message);
            }

            await Task.Delay(delay, clock, cancellationToken);
        }
    }
}
