namespace Reeve.Server.Sources.Webhook;

/// <summary>The memory of all bodies together. Nobody waits for it: who holds a part of a body must not wait for the rest. Thread-safe.</summary>
internal sealed class BytesInFlight(WebhookOptions options)
{
    private long _taken;

    /// <summary>Bytes taken now.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes so many bytes, if they are free.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= options.BytesInFlight)
            return true;
        GiveBack(bytes);
        return false;
    }

    /// <summary>Gives them back.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
