using Reeve.Audit;

namespace Reeve.Store.Query;

/// <summary>Events of one bucket and category; the bucket is its start in seconds since 1970.</summary>
internal sealed record BucketCount(long Bucket, Category Category, long Events);

/// <summary>Puts counts into buckets without gaps.</summary>
internal static class HistogramShape
{
    public static EventHistogram Fill(DateTime from, DateTime to, int width, IReadOnlyList<BucketCount> counts)
    {
        var first = Seconds(from) / width * width;
        var last = Seconds(to.AddTicks(-1)) / width * width;
        var buckets = new SortedDictionary<Category, long>[((last - first) / width) + 1];
        foreach (var (bucket, category, events) in counts)
        {
            var index = Math.Clamp((bucket - first) / width, 0, buckets.Length - 1);
            (buckets[index] ??= [])[category] = events;
        }

        return new EventHistogram(
            TimeSpan.FromSeconds(width),
            [.. buckets.Select((bucket, i) => new HistogramBucket(DateTime.UnixEpoch.AddSeconds(first + ((long)i * width)), bucket ?? []))]);
    }

    private static long Seconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
}
