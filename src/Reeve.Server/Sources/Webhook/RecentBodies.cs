namespace Reeve.Server.Sources.Webhook;

/// <summary>Two bodies with the same key are the same bytes for the same cluster.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Hash">SHA-256 of what was kept of the body.</param>
/// <param name="Missing">How many bytes were not kept.</param>
internal readonly record struct BodyKey(string Cluster, string Hash, long Missing);

/// <summary>One body on its way to the journal, or there.</summary>
internal sealed class BodyDelivery(BodyKey key)
{
    private readonly TaskCompletionSource<DeliveryOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Which body.</summary>
    public BodyKey Key => key;

    /// <summary>What became of it; never fails.</summary>
    public Task<DeliveryOutcome> Outcome => _outcome.Task;

    /// <summary>Says what became of it.</summary>
    public void End(DeliveryOutcome outcome) => _outcome.TrySetResult(outcome);
}

/// <summary>What became of a body.</summary>
/// <param name="IsSafe">Whether every event of it is fsynced.</param>
/// <param name="Events">How many events and unreadable records it held.</param>
internal sealed record DeliveryOutcome(bool IsSafe, int Events)
{
    /// <summary>It was not journalled; it must be sent again.</summary>
    public static DeliveryOutcome Lost { get; } = new(IsSafe: false, 0);
}

/// <summary>
/// The bodies in flight and those fsynced lately. An apiserver sends a body again, byte for byte, when the answer came too
/// late: one in flight is joined, one that is safe is answered without a look at its events. Thread-safe; memory is bounded.
/// </summary>
internal sealed class RecentBodies(WebhookOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BodyKey, BodyDelivery> _bodies = [];
    private readonly Queue<(BodyKey Key, DateTimeOffset Until)> _safe = [];

    /// <summary>How many are known now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _bodies.Count;
        }
    }

    /// <summary>The delivery of that body; a new one, which the caller must <see cref="End"/>, where none is known.</summary>
    public BodyDelivery Begin(BodyKey key, out bool isNew)
    {
        lock (_gate)
        {
            Forget(options.RememberedBodies);
            isNew = !_bodies.TryGetValue(key, out var delivery);
            return isNew ? _bodies[key] = new(key) : delivery!;
        }
    }

    /// <summary>Ends a delivery: remembers the body once it is safe, and only then.</summary>
    public void End(BodyDelivery delivery, DeliveryOutcome outcome)
    {
        lock (_gate)
        {
            if (outcome.IsSafe)
            {
                _safe.Enqueue((delivery.Key, time.GetUtcNow() + options.RememberedFor));
                Forget(options.RememberedBodies);
            }
            else
            {
                _bodies.Remove(delivery.Key);
            }
        }

        delivery.End(outcome);
    }

    private void Forget(int keep)
    {
        var now = time.GetUtcNow();
        while (_safe.TryPeek(out var oldest) && (_safe.Count > keep || oldest.Until <= now))
            _bodies.Remove(_safe.Dequeue().Key);
    }
}
