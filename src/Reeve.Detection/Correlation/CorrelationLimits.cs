namespace Reeve.Detection.Correlation;

/// <summary>
/// What correlations may keep in memory. With names of usual length a group of one event takes at most 550 bytes and each further event
/// 260: a million groups 550 MB, both limits reached 810 MB. A test measures it.
/// </summary>
public sealed record CorrelationLimits
{
    /// <summary>How many groups are counted at once, over all rules; beyond, the one not touched for the longest is forgotten and counted as evicted.</summary>
    public int Groups { get; init; } = 1_000_000;

    /// <summary>How many events all groups keep; beyond, the group not touched for the longest is forgotten and counted as evicted.</summary>
    public int Events { get; init; } = 2_000_000;

    /// <summary>How many events of a group are kept; beyond, the one farthest in time from the event that came is forgotten.</summary>
    public int EventsPerGroup { get; init; } = 10_000;

    /// <summary>How many events of its window a firing tells; beyond, the newest. Those before stood in the firings before.</summary>
    public int EventsPerFiring { get; init; } = 1000;

    /// <summary>How late an event may be, by event time behind the newest of its group, to be counted.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many requests are remembered so that their later stages do not count again.</summary>
    public int Requests { get; init; } = 200_000;

    /// <summary>After how long without events, by the clock, a source does not hold back the watermark any more.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(1);
}
