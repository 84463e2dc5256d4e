namespace Reeve.Journaling.Appending;

/// <summary>
/// Wakes the writer from the wait before it tries a disk again. It holds nothing to dispose of: the timer that sets it
/// may fire after everything else is gone. Thread-safe; one waiter.
/// </summary>
internal sealed class RetrySignal
{
    private readonly object _gate = new();
    private bool _isSet;

    /// <summary>Ends the wait that goes on, or the next one.</summary>
    public void Set()
    {
        lock (_gate)
        {
            _isSet = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until it is set, and resets it.</summary>
    public void Wait()
    {
        lock (_gate)
        {
            while (!_isSet)
                Monitor.Wait(_gate);
            _isSet = false;
        }
    }
}
