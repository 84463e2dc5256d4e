using Reeve.Audit;

namespace Reeve.Server.Pipeline;

/// <summary>Decides, once and at receipt, which time and which day's partition an event belongs to.</summary>
/// <param name="Time">The event's own time, or that of what was around it, or that of receipt.</param>
/// <param name="Day">The day it is stored under.</param>
/// <param name="Marks">What is odd about the time.</param>
internal readonly record struct EventTiming(DateTime Time, DateOnly Day, EventMarks Marks)
{
    private static readonly TimeSpan Future = TimeSpan.FromDays(1);

    // The store's DateTime64(6) and Date end earlier than DateTime does.
    private static readonly DateTime Earliest = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Latest = new(2299, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// The stage's time, else the request's, else that of its envelope or header, else receipt; the last two are
    /// approximate. An event from more than a day ahead, or from before <paramref name="horizon"/>, keeps its time and is
    /// stored under the day of receipt, so that a wrong clock cannot make a partition for every day of a century.
    /// </summary>
    public static EventTiming Of(AuditEvent auditEvent, DateTime received, TimeSpan horizon)
    {
        if ((auditEvent.StageAt ?? auditEvent.RequestReceivedAt) is { } own && IsPossible(own))
            return Of(own, received, horizon, EventMarks.None);
        if (auditEvent.SentAt is { } sent && IsPossible(sent))
            return Of(sent.AddTicks(-(sent.Ticks % TimeSpan.TicksPerMicrosecond)), received, horizon, EventMarks.TimeApproximate);
        return new(received, DateOnly.FromDateTime(received), EventMarks.TimeApproximate);
    }

    private static EventTiming Of(DateTime time, DateTime received, TimeSpan horizon, EventMarks marks)
    {
        if (time > received + Future)
            return new(time, DateOnly.FromDateTime(received), marks | EventMarks.TimeInFuture);
        return time < received - horizon
            ? new(time, DateOnly.FromDateTime(received), marks | EventMarks.TimeBeyondHorizon)
            : new(time, DateOnly.FromDateTime(time), marks);
    }

    private static bool IsPossible(DateTime time) => time >= Earliest && time <= Latest;
}
