namespace Reeve.Journaling;

/// <summary>Where a journal is and how much memory and disk it may use. All sizes are bytes.</summary>
public sealed record JournalOptions
{
    private const int Least = 1 << 10;
    private const int LargestEntry = 512 << 20;

    /// <summary>The folder of the segments, cursors and the lock; made if absent. Nothing else may be kept in it.</summary>
    public required string Folder { get; init; }

    /// <summary>A segment that reached this size is closed and the next one begun; 64 MiB.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>
    /// The disk budget: while the segments hold more than this, because a consumer lags, appends wait; 16 GiB. It may be
    /// passed by one batch. At least twice <see cref="SegmentBytes"/>.
    /// </summary>
    public long MaxBytes { get; init; } = 16L << 30;

    /// <summary>Appends wait while this much is not yet on the disk; 8 MiB. One larger batch is taken when nothing else waits.</summary>
    public int MaxPendingBytes { get; init; } = 8 << 20;

    /// <summary>The largest payload of one entry; 64 MiB.</summary>
    public int MaxEntryBytes { get; init; } = 64 << 20;

    /// <summary>How much a reader takes from a segment at once; 1 MiB.</summary>
    public int ReadBlockBytes { get; init; } = 1 << 20;

    /// <summary>How long the writer waits before it tries a full or failing disk again; one second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with these options; null where nothing is.</summary>
    internal string? Problem =>
        string.IsNullOrWhiteSpace(Folder) ? "the journal's folder is not set"
        : SegmentBytes < Least ? $"the journal's segments must be at least {Least} bytes, not {SegmentBytes}"
        : MaxBytes < 2 * SegmentBytes ? $"the journal's budget must be at least two segments ({2 * SegmentBytes} bytes), not {MaxBytes}"
        : MaxPendingBytes < 1 ? $"the journal's pending bytes must be positive, not {MaxPendingBytes}"
        : MaxEntryBytes is < 1 or > LargestEntry ? $"the journal's entries must be limited to 1 to {LargestEntry} bytes, not {MaxEntryBytes}"
        : ReadBlockBytes < Least ? $"the journal's read block must be at least {Least} bytes, not {ReadBlockBytes}"
        : RetryDelay <= TimeSpan.Zero ? $"the journal's retry delay must be positive, not {RetryDelay}"
        : null;
}
