using System.Diagnostics.Metrics;

namespace Reeve.Store.Loading;

/// <summary>The counters of loading: published under the meter <c>Reeve</c>, and kept for the status.</summary>
internal sealed class LoaderMetrics : IDisposable
{
    private readonly Meter _meter = new("Reeve");
    private readonly Counter<long> _rowsCounter;
    private readonly Counter<long> _batchesCounter;
    private readonly Counter<long> _retriesCounter;
    private readonly Counter<long> _refusedCounter;
    private readonly Counter<long> _rejectedCounter;
    private readonly Counter<long> _lostCounter;
    private long _rows;
    private long _batches;
    private long _retries;
    private long _refused;
    private long _rejected;
    private long _lost;

    public LoaderMetrics(Func<ulong> lag)
    {
        _rowsCounter = _meter.CreateCounter<long>("reeve_store_rows_total", description: "Rows stored");
        _batchesCounter = _meter.CreateCounter<long>("reeve_store_batches_total", description: "Batches stored");
        _retriesCounter = _meter.CreateCounter<long>("reeve_store_retries_total", description: "Inserts that failed and were repeated");
        _refusedCounter = _meter.CreateCounter<long>("reeve_store_refusals_total", description: "Events the store took only as text");
        _rejectedCounter = _meter.CreateCounter<long>("reeve_store_rejects_total", description: "Entries written to the folder of rejects");
        _lostCounter = _meter.CreateCounter<long>("reeve_store_losses_total", description: "Events the store refused and the journal could not give again");
        _meter.CreateObservableGauge("reeve_store_lag_events", () => (long)lag(), description: "Entries in the journal that are not stored yet");
    }

    public void Loaded(int rows)
    {
        Add(ref _rows, _rowsCounter, rows);
        Add(ref _batches, _batchesCounter, 1);
    }

    public void Retried() => Add(ref _retries, _retriesCounter, 1);

    public void Refused() => Add(ref _refused, _refusedCounter, 1);

    public void Rejected() => Add(ref _rejected, _rejectedCounter, 1);

    public void Lost() => Add(ref _lost, _lostCounter, 1);

    public LoaderStatus Status(ulong lag, string? trouble) => new(
        Interlocked.Read(ref _rows),
        Interlocked.Read(ref _batches),
        Interlocked.Read(ref _retries),
        Interlocked.Read(ref _refused),
        Interlocked.Read(ref _rejected),
        Interlocked.Read(ref _lost),
        lag,
        trouble);

    public void Dispose() => _meter.Dispose();

    private static void Add(ref long total, Counter<long> counter, long amount)
    {
        Interlocked.Add(ref total, amount);
        counter.Add(amount);
    }
}
