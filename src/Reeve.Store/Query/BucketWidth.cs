namespace Reeve.Store.Query;

/// <summary>Widths of histogram buckets that people can read.</summary>
internal static class BucketWidth
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    private static readonly int[] Seconds =
    [
        1, 2, 5, 10, 15, 30, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute,
        Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 7 * Day, 14 * Day, 30 * Day, 90 * Day, 365 * Day,
    ];

    /// <summary>The smallest width, in seconds, with which a range needs at most so many buckets; the largest where none suffices.</summary>
    public static int For(TimeSpan range, int buckets)
    {
        foreach (var seconds in Seconds)
        {
            if (range.TotalSeconds <= (double)seconds * buckets)
                return seconds;
        }

        return Seconds[^1];
    }
}
