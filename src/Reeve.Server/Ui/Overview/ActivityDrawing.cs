using Reeve.Server.Ui.Charts;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Ui.Overview;

/// <summary>Requests over time, stacked by kind of activity. The series are <see cref="ActivityKind.All"/>, in its order.</summary>
internal static class ActivityDrawing
{
    /// <summary>The drawing, times in <paramref name="zone"/>.</summary>
    public static HistogramDrawing Of(OverviewFigures figures, DisplayZone zone)
    {
        var series = ActivityKind.All
            .Select(kind => new HistogramSeries(
                kind.Key, kind.Name, "kind-" + kind.Key,
                [.. figures.Categories.Buckets.Select(bucket => kind.Categories.Sum(category => bucket.Counts.GetValueOrDefault(category)))]))
            .ToList();
        var parts = series.Where(part => part.Counts.Sum() > 0).Select(part => $"{part.Name} {part.Counts.Sum()}");
        return HistogramDrawings.Of(figures.Categories, zone, series, $"Requests over time: {string.Join(", ", parts)}.");
    }
}
