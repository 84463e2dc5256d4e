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
    private CancellationTokenSource? _stop;
    private (TimeSelection Time, string? Cluster, bool HasNames)? _key;
    private Task<StoredTraffic>? _reading;

    /// <summary>When it was read; null where nothing was.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>Traffic that was read already, with names or without; null where there is none.</summary>
    public StoredTraffic? Known(PolicyAddress address) =>
        _key is { } key && key.Time == address.Time && key.Cluster == address.Cluster && _reading is { IsCompletedSuccessfully: true } ? _reading.Result : null;

    /// <summary>The traffic of the page's time and cluster.</summary>
    /// <param name="address">The page's address.</param>
    /// <param name="hasNames">Whether objects of different names are to be told apart.</param>
    /// <param name="ct">Ends it.</param>
    public Task<StoredTraffic> GetAsync(PolicyAddress address, bool hasNames, CancellationToken ct)
    {
        var key = (address.Time, address.Cluster, hasNames);
        if (_key == key && _reading is { IsFaulted: false, IsCanceled: false } known)
            return known.WaitAsync(ct);
        Forget();
        var now = clock.GetUtcNow();
        var (from, to) = address.Time.At(now);
        (_key, At, _stop) = (key, now, new CancellationTokenSource());
        // Others may wait for it when the one who asked first does not any more.
        _reading = reads.ReadAsync(new TrafficRequest(new TimeRange(from, to), address.Cluster, hasNames), _stop.Token);
        return _reading.WaitAsync(ct);
    }

    /// <summary>The next one who asks reads anew.</summary>
    public void Forget()
    {
        _stop?.Cancel();
        (_key, _reading, At, _stop) = (null, null, null, null);
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();
}
