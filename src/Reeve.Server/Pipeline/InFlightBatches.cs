using System.Threading;

namespace Reeve.Server.Pipeline;

/// <summary>
/// The batches that hold events not yet fsynced. A duplicate may be acknowledged only when its original is safe, and
/// the original can be in any of them. Thread-safe.
/// </summary>
internal sealed class InFlightBatches
{
    private readonly Lock _gate = new();
    private readonly HashSet<InFlightBatch> _open = [];
    private long _abandoned;

    /// <summary>Opens a batch, before its first event is remembered.</summary>
    public InFlightBatch Begin()
    {
        lock (_gate)
        {
            var batch = new InFlightBatch(_abandoned);
            _open.Add(batch);
            return batch;
        }
    }

    /// <summary>Closes a batch once all its events are fsynced.</summary>
    public void End(InFlightBatch batch)
    {
        lock (_gate)
            _open.Remove(batch);
        batch.End();
    }

    /// <summary>
    /// Closes a batch whose events were not journalled, after they were forgotten. Whoever found a duplicate of one of
    /// them must not acknowledge it.
    /// </summary>
    public void Abandon(InFlightBatch batch)
    {
        lock (_gate)
        {
            _open.Remove(batch);
            _abandoned++;
        }

        batch.Abandon();
    }

    /// <summary>Completes when every batch but <paramref name="own"/> that is open now is fsynced.</summary>
    /// <exception cref="OriginalLostException">
    /// A batch was abandoned since <paramref name="own"/> began; the original of a duplicate may have been in it.
    /// </exception>
    public Task WhenOthersEnd(InFlightBatch own)
    {
        lock (_gate)
        {
            return own.AbandonedBefore == _abandoned
                ? Task.WhenAll(_open.Where(batch => batch != own).Select(batch => batch.Ended))
                : Task.FromException(new OriginalLostException());
        }
    }
}

/// <summary>One batch that is not fsynced yet.</summary>
/// <param name="abandonedBefore">How many batches had been abandoned when it began.</param>
internal sealed class InFlightBatch(long abandonedBefore)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many batches had been abandoned when it began.</summary>
    public long AbandonedBefore => abandonedBefore;

    /// <summary>Completes once it is fsynced; fails where it never will be.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Everything in it is fsynced.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>It will never be journalled.</summary>
    public void Abandon()
    {
        _ended.TrySetException(new OriginalLostException());
        // Usually nobody waits for it.
        _ = _ended.Task.Exception;
    }
}

/// <summary>
/// An event was taken for a duplicate of one that never reached the journal. It is not acknowledged; read again, it is new.
/// </summary>
internal sealed class OriginalLostException() : Exception("another source ended before the events it shares with this one were safe; they are read again");
