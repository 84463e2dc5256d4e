namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>How <c>reeve store</c> hosts the embedded store.</summary>
public sealed record StoreHostOptions
{
    /// <summary>The environment variable that names <c>libchdb.so</c>.</summary>
    public const string LibraryVariable = "REEVE_LIBCHDB";

    /// <summary>The environment variable that ties the store to its parent: with the value <c>stdin</c> it stops when its standard input ends.</summary>
    public const string LifelineVariable = "REEVE_STORE_LIFELINE";

    /// <summary>The folder of the store; made with mode 0700 where missing. One process per folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The Unix domain socket to answer on; at most 107 bytes, mode 0600.</summary>
    public required string Socket { get; init; }

    /// <summary>Where <c>libchdb.so</c> is.</summary>
    public string? LibraryPath { get; init; } = Environment.GetEnvironmentVariable(LibraryVariable);

    /// <summary>Most memory of the whole store, in bytes; what needs more ends with MEMORY_LIMIT_EXCEEDED.</summary>
    public long MaxMemory { get; init; } = 1536L << 20;

    /// <summary>How many reads run at once; further ones wait.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>How many reads may wait for their turn; further ones are refused with TOO_MANY_SIMULTANEOUS_QUERIES.</summary>
    public int WaitingReads { get; init; } = 64;

    /// <summary>How long a read waits for its turn before it is refused.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Stop when standard input ends, which is when the process that started this one is gone.</summary>
    public bool StopWhenInputEnds { get; init; } =
        Environment.GetEnvironmentVariable(LifelineVariable) == "stdin";
}
