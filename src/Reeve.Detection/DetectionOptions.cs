using Reeve.Detection.Alerts;
using Reeve.Detection.Correlation;

namespace Reeve.Detection;

/// <summary>How the engine counts and groups.</summary>
public sealed record DetectionOptions
{
    // Older than any audit log.
    private static readonly TimeSpan Unlimited = TimeSpan.FromDays(36_500);

    /// <summary>For logs that are read to their end, file after file: an event is never too late, and every event is listed.</summary>
    public static DetectionOptions Finite { get; } = new()
    {
        Correlation = new CorrelationLimits { Lateness = Unlimited, EventsPerFiring = int.MaxValue },
        Alerts = new AlertOptions { Events = int.MaxValue, Remembered = int.MaxValue, Open = int.MaxValue, OpenEvents = long.MaxValue },
    };

    /// <summary>What correlations may keep.</summary>
    public CorrelationLimits Correlation { get; init; } = new();

    /// <summary>How alerts are put together.</summary>
    public AlertOptions Alerts { get; init; } = new();
}
