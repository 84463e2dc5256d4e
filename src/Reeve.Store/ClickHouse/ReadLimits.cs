namespace Reeve.Store.ClickHouse;

/// <summary>What one read may use; sent with every query.</summary>
/// <param name="Time">Longest run time (<c>max_execution_time</c>); beyond it the query ends with TIMEOUT_EXCEEDED.</param>
/// <param name="MemoryBytes">Most memory of this query (<c>max_memory_usage</c>).</param>
/// <param name="Threads">Most threads (<c>max_threads</c>).</param>
/// <param name="Priority">ClickHouse's <c>priority</c>: 0 is not held back, and a higher number yields to every lower one above 0.</param>
public sealed record ReadLimits(TimeSpan Time, long MemoryBytes, int Threads, int Priority)
{
    /// <summary>A page that a person waits for: 30 s, 512 MiB, two threads.</summary>
    public static ReadLimits Interactive { get; } = new(TimeSpan.FromSeconds(30), 512L << 20, 2, 2);

    /// <summary>A long analysis: 5 min, 768 MiB, one thread, behind every interactive read.</summary>
    public static ReadLimits Analysis { get; } = new(TimeSpan.FromMinutes(5), 768L << 20, 1, 5);
}
