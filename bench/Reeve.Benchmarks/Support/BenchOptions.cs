namespace Reeve.Benchmarks.Support;

/// <summary>What <c>bench/run</c> prepared.</summary>
internal sealed record BenchOptions
{
    /// <summary>The log of most figures: one event a line.</summary>
    public required string Bulk { get; init; }

    /// <summary>A log of events with large bodies; null where there is none.</summary>
    public string? Bodies { get; init; }

    /// <summary>Rule files and folders that run besides those of Reeve.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The <c>reeve</c> executable.</summary>
    public required string Reeve { get; init; }

    /// <summary>The compiled reader of the yardstick.</summary>
    public required string SimdJson { get; init; }

    /// <summary>A folder for what a run leaves behind, on the disk that is measured.</summary>
    public required string Work { get; init; }
}
