namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>A state that goes on and off and can be awaited. Thread-safe.</summary>
internal sealed class ReadyState
{
    private readonly Lock gate = new();
    private TaskCompletionSource set = New();

    public bool IsSet
    {
        get
        {
            lock (gate)
                return set.Task.IsCompleted;
        }
    }

    public void Set()
    {
        lock (gate)
            set.TrySetResult();
    }

    public void Reset()
    {
        lock (gate)
        {
            if (set.Task.IsCompleted)
                set = New();
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return set.Task.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
