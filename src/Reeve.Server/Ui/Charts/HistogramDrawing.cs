namespace Reeve.Server.Ui.Charts;

/// <summary>A histogram ready to be drawn: one bar a bucket, stacked by series, bottom first.</summary>
/// <param name="Starts">The start of each bucket, Unix milliseconds.</param>
/// <param name="Labels">The label of each bucket on the axis.</param>
/// <param name="Spans">The time each bucket covers, in words.</param>
/// <param name="Series">The parts of the bars.</param>
/// <param name="Description">The whole in words, for people who do not see it.</param>
/// <param name="LaneHeight">The height of a lane in pixels; 0 where there is one lane, which takes the height of its element.</param>
public sealed record HistogramDrawing(
    IReadOnlyList<long> Starts,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Spans,
    IReadOnlyList<HistogramSeries> Series,
    string Description,
    int LaneHeight = 0);

/// <summary>One part of the bars.</summary>
/// <param name="Key">Names it among the series of its lane.</param>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Color">The variable of the style sheet that is its colour, without the dashes.</param>
/// <param name="Counts">Events in each bucket.</param>
public sealed record HistogramSeries(string Key, string Name, string Color, IReadOnlyList<long> Counts)
{
    /// <summary>Which of the lanes below each other it is in, the topmost 0.</summary>
    public int Lane { get; init; }

    /// <summary>Whether its bars hang down instead of standing.</summary>
    public bool IsBelow { get; init; }

    /// <summary>Whether only the outline of its bars is drawn.</summary>
    public bool IsHollow { get; init; }

    /// <summary>Its name where the lanes are mixed.</summary>
    public string Title { get; init; } = Name;
}

/// <summary>Bars that a person picked.</summary>
/// <param name="First">The first bucket.</param>
/// <param name="Last">The last bucket, included.</param>
/// <param name="Series">The part of one bar that was clicked; -1 where the whole bar or several were meant.</param>
public sealed record HistogramPick(int First, int Last, int Series);
