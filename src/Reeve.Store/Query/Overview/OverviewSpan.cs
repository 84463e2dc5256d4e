namespace Reeve.Store.Query.Overview;

/// <summary>The time that is counted, in whole minutes, and the width of its bars.</summary>
/// <param name="From">The first time, UTC.</param>
/// <param name="To">The time after the last, UTC; at or before <paramref name="From"/> for nothing.</param>
/// <param name="Width">Seconds of a bar, a whole minute or more.</param>
internal readonly record struct OverviewSpan(DateTime From, DateTime To, int Width)
{
    // Beyond, the store keeps no time.
    private static readonly DateTime Earliest = DateTime.UnixEpoch;
    private static readonly DateTime Latest = new(2106, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // A shorter time has few minutes that lie in whole hours.
    private static readonly TimeSpan Short = TimeSpan.FromHours(3);

    /// <summary>The whole hours in it; where reading them saves nothing, none: both are its end.</summary>
    public (DateTime From, DateTime To) Hours =>
        To - From < Short ? (To, To) : (Ceiling(From, TimeSpan.TicksPerHour), Floor(To, TimeSpan.TicksPerHour));

    public static OverviewSpan Of(OverviewRequest request)
    {
        var from = Floor(Clamp(request.From), TimeSpan.TicksPerMinute);
        var to = Ceiling(Clamp(request.To), TimeSpan.TicksPerMinute);
        return new OverviewSpan(from, to, Math.Max(60, BucketWidth.For(to - from, request.Buckets)));
    }

    private static DateTime Clamp(DateTime time)
    {
        if (time < Earliest)
            return Earliest;
        return time > Latest ? Latest : DateTime.SpecifyKind(time, DateTimeKind.Utc);
    }

    private static DateTime Floor(DateTime time, long ticks) => time.AddTicks(-(time.Ticks % ticks));

    private static DateTime Ceiling(DateTime time, long ticks) => Floor(time.AddTicks(ticks - 1), ticks);
}
