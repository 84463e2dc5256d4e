namespace Reeve.Detection.Correlation;

/// <summary>What correlations may keep in memory.</summary>
public sealed record CorrelationLimits
{
    /// <summary>How many groups are counted at once, over all rules; beyond, the one not touched for the longest is forgotten and counted as evicted.</summary>
    public int Groups { get; init; } = 1_000_000;

    /// <summary>How many events of a group are kept; beyond, the oldest are forgotten.</summary>
    public int EventsPerGroup { get; init; } = 10_000;

    /// <summary>How late an event may be, by event time behind the newest of its group, to be counted.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many requests are remembered so that their later stages do not count again.</summary>
    public int Requests { get; init; } = 200_000;
}
