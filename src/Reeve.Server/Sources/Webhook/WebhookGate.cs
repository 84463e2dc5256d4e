namespace Reeve.Server.Sources.Webhook;

/// <summary>
/// Open while the webhook's source runs. Before that nobody knows yet which events came before the restart, and they would
/// be stored twice. Thread-safe.
/// </summary>
internal sealed class WebhookGate
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _opened = NewSignal();

    /// <summary>Lets requests in.</summary>
    public void Open()
    {
        lock (_gate)
            _opened.TrySetResult();
    }

    /// <summary>Lets no more in.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_opened.Task.IsCompleted)
                _opened = NewSignal();
        }
    }

    /// <summary>Completes when it is open.</summary>
    public Task WhenOpen()
    {
        lock (_gate)
            return _opened.Task;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
