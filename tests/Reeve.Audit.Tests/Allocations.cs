namespace Reeve.Audit.Tests;

/// <summary>Counts what an action allocates.</summary>
internal static class Allocations
{
    /// <summary>Bytes that a hundred runs allocate on this thread, after one that warms up.</summary>
    public static long Of(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
