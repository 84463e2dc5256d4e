namespace Reeve.Detection.Correlation;

/// <summary>What all correlations keep together. Not thread-safe.</summary>
internal sealed class CorrelationLoad
{
    /// <summary>How many groups.</summary>
    public int Groups { get; set; }

    /// <summary>How many events in them.</summary>
    public long Events { get; set; }

    /// <summary>How often a group was touched.</summary>
    public long Touches { get; set; }

    /// <summary>Up to when windows were judged at their end, in ticks.</summary>
    public long Settled { get; set; }

    /// <summary>A number for the next touch.</summary>
    public long Next() => ++Touches;
}
