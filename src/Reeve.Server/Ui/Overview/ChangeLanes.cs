using Reeve.Server.Ui.Charts;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Ui.Overview;

/// <summary>What was done to one kind of object.</summary>
/// <param name="Resource">The kind, such as <c>deployments</c>.</param>
/// <param name="Series">What was created, changed and deleted; only what was.</param>
internal sealed record ChangeLane(string Resource, IReadOnlyList<OverviewSeries> Series)
{
    /// <summary>All of it.</summary>
    public long Total { get; } = Series.Sum(series => series.Count);
}

/// <summary>The changes of one actor: a lane for each kind of object, what was created and changed upwards, what was deleted downwards.</summary>
internal static class ChangeLanes
{
    /// <summary>The height of a lane in pixels; the style sheet has the same.</summary>
    public const int Height = 76;

    /// <summary>Most lanes; kinds beyond are only counted.</summary>
    public const int Most = 6;

    /// <summary>The lanes in the store's order: what the article shows first, then the most frequent.</summary>
    public static IReadOnlyList<ChangeLane> Of(OverviewChanges changes) =>
        [.. changes.Series.Where(series => series.Count > 0).GroupBy(series => series.Resource).Select(kind => new ChangeLane(kind.Key, [.. kind.OrderBy(series => series.Change)]))];

    /// <summary>The series of the drawing as the store gave them, in the drawing's order.</summary>
    public static IReadOnlyList<OverviewSeries> Drawn(IReadOnlyList<ChangeLane> lanes) => [.. lanes.Take(Most).SelectMany(lane => lane.Series)];

    /// <summary>The height of the whole drawing in pixels, with the labels of the time.</summary>
    public static int HeightOf(IReadOnlyList<ChangeLane> lanes) => (Math.Min(lanes.Count, Most) * Height) + 20;

    /// <summary>The drawing, times in <paramref name="zone"/>.</summary>
    public static HistogramDrawing Draw(OverviewFigures figures, IReadOnlyList<ChangeLane> lanes, DisplayZone zone)
    {
        var series = lanes.Take(Most).SelectMany((lane, at) => lane.Series.Select(part => new HistogramSeries(Key(part.Change), Key(part.Change), "change-" + Key(part.Change), part.Counts)
        {
            Lane = at,
            IsBelow = part.Change == ObjectChange.Deleted,
            IsHollow = part.Change == ObjectChange.Changed,
            Title = $"{lane.Resource} {Key(part.Change)}",
        }));
        var kinds = lanes.Select(lane => $"{lane.Resource} {string.Join(" and ", lane.Series.Select(part => $"{Key(part.Change)} {part.Count}"))}");
        return HistogramDrawings.Of(figures.Categories, zone, [.. series], $"Changes by {figures.Changes.Actor} over time: {string.Join("; ", kinds)}.", Height);
    }

    /// <summary>"created", "changed", "deleted".</summary>
    public static string Key(ObjectChange change) => change switch
    {
        ObjectChange.Created => "created",
        ObjectChange.Changed => "changed",
        _ => "deleted",
    };
}
