using Reeve.Server.Ui.Time;
using Reeve.Server.Ui.Words;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Charts;

/// <summary>Turns a histogram into what is drawn.</summary>
internal static class HistogramDrawings
{
    /// <summary>Bars stacked by category, times in <paramref name="zone"/>.</summary>
    public static HistogramDrawing Of(EventHistogram histogram, DisplayZone zone)
    {
        var buckets = histogram.Buckets;
        var series = CategoryWords.Order
            .Where(category => buckets.Any(bucket => bucket.Counts.ContainsKey(category)))
            .Select(category => new HistogramSeries(
                CategoryWords.Key(category), CategoryWords.Name(category), "cat-" + CategoryWords.Key(category),
                [.. buckets.Select(bucket => bucket.Counts.GetValueOrDefault(category))]));
        return Of(histogram, zone, [.. series], Describe(histogram, zone));
    }

    /// <summary>Bars over the buckets of a histogram, stacked by <paramref name="series"/>.</summary>
    public static HistogramDrawing Of(EventHistogram histogram, DisplayZone zone, IReadOnlyList<HistogramSeries> series, string description, int laneHeight = 0)
    {
        var buckets = histogram.Buckets;
        var severalDays = buckets.Count > 0 && zone.Text(buckets[0].Start, "yyyyMMdd") != zone.Text(buckets[^1].Start, "yyyyMMdd");
        var format = histogram.Width switch
        {
            { TotalDays: >= 1 } => "yyyy-MM-dd",
            { TotalMinutes: >= 1 } => severalDays ? "MM-dd HH:mm" : "HH:mm",
            { TotalSeconds: >= 1 } => severalDays ? "MM-dd HH:mm:ss" : "HH:mm:ss",
            _ => "HH:mm:ss.fff",
        };
        return new HistogramDrawing(
            [.. buckets.Select(bucket => new DateTimeOffset(DateTime.SpecifyKind(bucket.Start, DateTimeKind.Utc)).ToUnixTimeMilliseconds())],
            [.. buckets.Select(bucket => zone.Text(bucket.Start, format))],
            [.. buckets.Select(bucket => $"{zone.Short(bucket.Start)} – {zone.Short(bucket.Start + histogram.Width)}")],
            series,
            description,
            laneHeight);
    }

    private static string Describe(EventHistogram histogram, DisplayZone zone)
    {
        var busiest = histogram.Buckets.MaxBy(bucket => bucket.Counts.Values.Sum());
        return busiest is null
            ? "No events."
            : $"{histogram.Buckets.Sum(bucket => bucket.Counts.Values.Sum())} events over time; most, {busiest.Counts.Values.Sum()}, from {zone.Short(busiest.Start)}.";
    }
}
