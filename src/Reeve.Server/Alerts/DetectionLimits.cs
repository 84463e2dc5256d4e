namespace Reeve.Server.Alerts;

/// <summary>How detection follows the journal.</summary>
internal sealed record DetectionLimits
{
    /// <summary>How long to wait where the journal has nothing new; 100 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many entries are read before their alerts are kept; 5,000, a fraction of a second.</summary>
    public int Entries { get; init; } = 5_000;

    /// <summary>How many alerts may wait to be kept; 2,000.</summary>
    public int Raised { get; init; } = 2_000;

    /// <summary>After how many entries windows are settled while more wait; 1,024.</summary>
    public int SettleEvery { get; init; } = 1_024;

    /// <summary>The least time between two saves of the state; 2 s. After a crash as much is read again.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Saving takes at most one part of this many of the time; 20.</summary>
    public int SaveShare { get; init; } = 20;

    /// <summary>After how long without any event the windows that are over by the clock are settled, as at the end of a log; 5 min.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMinutes(5);
}
