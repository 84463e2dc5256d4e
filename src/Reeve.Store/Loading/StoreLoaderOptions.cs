namespace Reeve.Store.Loading;

/// <summary>How the store's loader forms batches and waits.</summary>
public sealed record StoreLoaderOptions
{
    /// <summary>The server's id: 8 hex digits, made once per data folder. Part of every event's id.</summary>
    public required string Server { get; init; }

    /// <summary>The folder for entries the store takes in no form; made when the first one comes.</summary>
    public required string RejectedFolder { get; init; }

    /// <summary>Whether the store's tables are replicated (a cluster); false.</summary>
    public bool Replicated { get; init; }

    /// <summary>Most rows of a batch, reached while catching up; 50,000.</summary>
    public int MaxRows { get; init; } = 50_000;

    /// <summary>A batch that reached this many bytes of rows is sent; 32 MiB.</summary>
    public long MaxBytes { get; init; } = 32L << 20;

    /// <summary>Most partitions (day and retention class) of a batch; ClickHouse refuses inserts over more than 100; 50.</summary>
    public int MaxPartitions { get; init; } = 50;

    /// <summary>How long a batch that is not full waits for more; 250 ms.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The first wait after a failure; it doubles up to <see cref="MaxRetryDelay"/>; 100 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two tries; 10 s.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After so many answers that the store has no room or memory, a batch is tried in halves; 4.</summary>
    public int OverloadedTries { get; init; } = 4;

    /// <summary>The wait after one of <paramref name="delay"/>.</summary>
    internal TimeSpan NextDelay(TimeSpan delay) => delay * 2 < MaxRetryDelay ? delay * 2 : MaxRetryDelay;
}
