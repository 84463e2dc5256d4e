namespace Reeve.Server.Sources;

/// <summary>How many bytes may be held together for records that are longer than most. Thread-safe.</summary>
/// <param name="most">All there are.</param>
internal sealed class MemoryAllowance(long most)
{
    private long _left = most;

    /// <summary>Bytes that are not taken.</summary>
    public long Left => Volatile.Read(ref _left);

    /// <summary>Takes bytes, all of them or none.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _left, -bytes) >= 0)
            return true;
        Give(bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Give(int bytes) => Interlocked.Add(ref _left, bytes);
}
