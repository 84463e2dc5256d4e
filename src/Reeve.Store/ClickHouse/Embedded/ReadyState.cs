namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>A state that goes on and off and can be awaited. Thread-safe.</summary>
internal sealed class ReadyState
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _set = New();

    public bool IsSet
    {
        get
        {
            lock (_gate)
                return _set.Task.IsCompleted;
        }
    }

    public void Set()
    {
        lock (_gate)
            _set.TrySetResult();
    }

    public void Reset()
    {
        lock (_gate)
        {
            if (_set.Task.IsCompleted)
                _set = New();
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _set.Task.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
