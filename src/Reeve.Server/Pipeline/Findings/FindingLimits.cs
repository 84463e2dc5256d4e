namespace Reeve.Server.Pipeline.Findings;

/// <summary>Bounds and waits of what follows the journal for findings.</summary>
internal sealed record FindingLimits
{
    /// <summary>Most requests without an answer that are kept, about 200 bytes each; 100,000.</summary>
    public int OpenRequests { get; init; } = 100_000;

    /// <summary>Most files and hosts that are told apart; 10,000.</summary>
    public int Lanes { get; init; } = 10_000;

    /// <summary>Most entries that are read before what they tell is stored and saved; 20,000.</summary>
    public int Entries { get; init; } = 20_000;

    /// <summary>Most remarks among them; 1,000.</summary>
    public int Remarks { get; init; } = 1_000;

    /// <summary>How long to wait for more entries; 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How far the watermark must be past a request without an answer; 5 min, more than an apiserver lets a request take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an old log must not have been written to, so that its end is one; 1 min.</summary>
    public TimeSpan QuietImport { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a log whose events came as they happened must not have been written to; 1 h: its sender may be cut off.</summary>
    public TimeSpan QuietLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest wait between two tries of a store that does not answer; 10 s.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);
}
