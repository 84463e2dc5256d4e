namespace Reeve.Detection.Rules;

/// <summary>What a correlation looks at.</summary>
public enum CorrelationType : byte
{
    /// <summary>How many events.</summary>
    EventCount,

    /// <summary>How many different values.</summary>
    ValueCount,

    /// <summary>The sum of values.</summary>
    ValueSum,

    /// <summary>The mean of values.</summary>
    ValueAverage,

    /// <summary>A percentile of values.</summary>
    ValuePercentile,

    /// <summary>That different rules match near each other, in any order.</summary>
    Temporal,

    /// <summary>That different rules match in this order.</summary>
    TemporalOrdered,

    /// <summary>A value that was not there before: Reeve's own.</summary>
    NewValue,
}
