namespace Reeve.Detection.Alerts;

/// <summary>How alerts are put together.</summary>
public sealed record AlertOptions
{
    /// <summary>How long after its latest event an alert takes more of the same.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an alert may become; what comes later is a new one.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many events an alert lists; all are counted.</summary>
    public int Events { get; init; } = 1000;

    /// <summary>How many of its events an alert knows again, so that a second stage of a request, or a window that is told again, counts once.</summary>
    public int Remembered { get; init; } = 10_000;

    /// <summary>How many alerts are open at once; beyond, the one not touched for the longest is closed.</summary>
    public int Open { get; init; } = 50_000;

    /// <summary>How many events all open alerts remember; beyond, the one not touched for the longest is closed. Each takes about 500 bytes.</summary>
    public long OpenEvents { get; init; } = 500_000;
}
