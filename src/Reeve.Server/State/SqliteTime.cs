namespace Reeve.Server.State;

/// <summary>Times as the state database keeps them: microseconds since the Unix epoch, UTC.</summary>
internal static class SqliteTime
{
    /// <summary>A time as a number; what is finer than a microsecond is cut off.</summary>
    public static long Of(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time of a number.</summary>
    public static DateTime Read(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
