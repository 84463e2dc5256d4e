using System.Threading;

namespace Reeve.Server.Pipeline;

/// <summary>
/// The batches that hold events not yet fsynced. A duplicate may be acknowledged only when its original is safe, and
/// the original can be in any of them. Thread-safe.
/// </summary>
internal sealed class InFlightBatches
{
    private readonly Lock _gate = new();
    private readonly HashSet<TaskCompletionSource> _open = [];

    /// <summary>Opens a batch, before its first event is remembered.</summary>
    public TaskCompletionSource Begin()
    {
        var batch = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _open.Add(batch);
        return batch;
    }

    /// <summary>Closes a batch once all its events are fsynced.</summary>
    public void End(TaskCompletionSource batch)
    {
        lock (_gate)
            _open.Remove(batch);
        batch.SetResult();
    }

    /// <summary>Completes when every batch but <paramref name="own"/> that is open now is fsynced.</summary>
    public Task WhenOthersEnd(TaskCompletionSource own)
    {
        lock (_gate)
            return Task.WhenAll(_open.Where(batch => batch != own).Select(batch => batch.Task));
    }
}
