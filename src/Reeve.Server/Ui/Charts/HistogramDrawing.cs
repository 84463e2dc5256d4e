namespace Reeve.Server.Ui.Charts;

/// <summary>A histogram ready to be drawn: one bar a bucket, stacked by series, bottom first.</summary>
/// <param name="Starts">The start of each bucket, Unix milliseconds.</param>
/// <param name="Labels">The label of each bucket on the axis.</param>
/// <param name="Spans">The time each bucket covers, in words.</param>
/// <param name="Series">The parts of the bars.</param>
/// <param name="Description">The whole in words, for people who do not see it.</param>
public sealed record HistogramDrawing(
    IReadOnlyList<long> Starts,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Spans,
    IReadOnlyList<HistogramSeries> Series,
    string Description);

/// <summary>One part of the bars.</summary>
/// <param name="Key">Names its colour: <c>--cat-KEY</c> of the style sheet.</param>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Counts">Events in each bucket.</param>
public sealed record HistogramSeries(string Key, string Name, IReadOnlyList<long> Counts);
