using Reeve.Audit;
using Reeve.Audit.Fields;
using Reeve.Store.Query;

namespace Reeve.Server.Api;

/// <summary>Rows in time.</summary>
/// <param name="WidthSeconds">The seconds each bucket covers.</param>
/// <param name="Buckets">Without gaps, oldest first.</param>
internal sealed record HistogramJson(long WidthSeconds, IReadOnlyList<BucketJson> Buckets)
{
    public static HistogramJson Of(EventHistogram histogram) => new(
        (long)histogram.Width.TotalSeconds,
        [
            .. histogram.Buckets.Select(bucket => new BucketJson(
                bucket.Start,
                bucket.Counts.Values.Sum(),
                bucket.Counts.ToDictionary(count => Name(count.Key), count => count.Value, StringComparer.Ordinal))),
        ]);

    private static string Name(Category category) => category == Category.None ? "unreadable" : EventNames.Of(category);
}

/// <summary>The rows of one part of the time.</summary>
/// <param name="Start">Its first time.</param>
/// <param name="Total">All rows.</param>
/// <param name="Categories">Rows by category, <c>unreadable</c> for records that are no event; only those that have some.</param>
internal sealed record BucketJson(DateTime Start, long Total, IReadOnlyDictionary<string, long> Categories);
