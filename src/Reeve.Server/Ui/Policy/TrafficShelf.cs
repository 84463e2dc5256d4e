using Reeve.Server.Policies;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query;
using Reeve.Store.Query.Traffic;

namespace Reeve.Server.Ui.Policy;

/// <summary>The traffic that the tabs of the page ask for: read once for all of them, and again when a person says so. For one circuit.</summary>
/// <param name="reads">The store.</param>
/// <param name="clock">The clock.</param>
internal sealed class TrafficShelf(ITrafficReads reads, TimeProvider clock) : IDisposable
{
    // With and without names, so that who needs them takes nothing from who does not.
    private readonly Reading?[] _readings = new Reading?[2];

    /// <summary>Called when <see cref="At"/> has changed.</summary>
    public Action? Changed { get; set; }

    /// <summary>When the oldest of it was read; null where nothing was.</summary>
    public DateTimeOffset? At => _readings.Min(reading => reading?.At);

    /// <summary>Traffic that was read already; null where there is none.</summary>
    public StoredTraffic? Known(PolicyAddress address, bool hasNames) =>
        _readings[Slot(hasNames)] is { } reading && reading.IsOf(address) && reading.Traffic is { IsCompletedSuccessfully: true } known ? known.Result : null;

    /// <summary>The traffic of the page's time and cluster.</summary>
    /// <param name="address">The page's address.</param>
    /// <param name="hasNames">Whether objects of different names are to be told apart.</param>
    /// <param name="ct">Ends the waiting; others may wait for the same.</param>
    public Task<StoredTraffic> GetAsync(PolicyAddress address, bool hasNames, CancellationToken ct)
    {
        ref var reading = ref _readings[Slot(hasNames)];
        if (reading is not null && reading.IsOf(address) && reading.Traffic is { IsFaulted: false, IsCanceled: false } known)
            return known.WaitAsync(ct);
        reading?.Stop.Cancel();
        var now = clock.GetUtcNow();
        var (from, to) = address.Time.At(now);
        var stop = new CancellationTokenSource();
        reading = new(address.Time, address.Cluster, now, reads.ReadAsync(new TrafficRequest(new TimeRange(from, to), address.Cluster, hasNames), stop.Token), stop);
        Changed?.Invoke();
        return reading.Traffic.WaitAsync(ct);
    }

    /// <summary>The next one who asks reads anew.</summary>
    public void Forget()
    {
        foreach (var reading in _readings)
            reading?.Stop.Cancel();
        Array.Clear(_readings);
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Changed = null;
        Forget();
    }

    private static int Slot(bool hasNames) => hasNames ? 1 : 0;

    private sealed record Reading(TimeSelection Time, string? Cluster, DateTimeOffset At, Task<StoredTraffic> Traffic, CancellationTokenSource Stop)
    {
        public bool IsOf(PolicyAddress address) => Time == address.Time && Cluster == address.Cluster;
    }
}
