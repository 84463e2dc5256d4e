namespace Reeve.Benchmarks.Support;

/// <summary>Numbers that must be the same on both sides of a figure.</summary>
internal static class Sizes
{
    /// <summary>Rows of an insert, as the server's loader sends them.</summary>
    public const int BatchRows = 20_000;

    /// <summary>Events that are loaded before the clock starts, so that JIT and caches are warm.</summary>
    public const int WarmUpEvents = 20_000;

    /// <summary>Most memory of the store, as the server gives it.</summary>
    public static long StoreMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
}
