using System.Globalization;
using System.Text.Json;
using Reeve.Benchmarks.Support;

namespace Reeve.Benchmarks.Reading;

/// <summary>Reading on one core, warm, beside simdjson on-demand: the same file, the same fields.</summary>
internal static class ReaderRow
{
    private const int Rounds = 3;
    private const int Passes = 3;
    private const string Core = "1";

    // Scrubbing may add a tenth to the time.
    private static readonly Goal TenthMore = Goal.NotBelow(1 / 1.1);

    public static async Task MeasureAsync(BenchOptions options, Report report, CancellationToken ct)
    {
        await MeasureAsync("bulk log", options.Bulk, Goal.NotBelow(2.0), TenthMore, options, report, ct);
        if (options.Bodies is { } bodies)
            await MeasureAsync("large bodies", bodies, Goal.NotBelow(1.5), scrubbing: null, options, report, ct);
    }

    private static async Task MeasureAsync(
        string name, string file, Goal goal, Goal? scrubbing, BenchOptions options, Report report, CancellationToken ct)
    {
        List<ReaderTimes> ours = [], theirs = [];
        for (var round = 0; round < Rounds; round++)
        {
            theirs.Add(await PinnedAsync([options.SimdJson, file, Text(Passes)], ct));
            ours.Add(await PinnedAsync([Environment.ProcessPath!, "read", file, Text(Passes)], ct));
        }

        if (ours[0].Events != theirs[0].Events)
            throw new InvalidOperationException($"{file}: Reeve reads {ours[0].Events} events, simdjson {theirs[0].Events}; nothing can be compared");
        var (best, bestOfTheirs) = (Rate(ours.Min(times => times.UnscrubbedSeconds), ours[0]), Rate(theirs.Min(Seconds), theirs[0]));
        report.Add(new Figure(name, best, bestOfTheirs, "events/s", "simdjson on-demand", goal));
        var scrubbed = Rate(ours.Min(Seconds), ours[0]);
        if (scrubbing is not null)
            report.Add(new Figure($"{name}, scrubbed", scrubbed, best, "events/s", "the same without scrubbing", scrubbing));
        else
            report.Add($"{name}: Reeve with scrubbing", scrubbed, "events/s");
        var scale = ours[0].Bytes / 1e6 / ours[0].Events;
        report.Add($"{name}: Reeve", best * scale, "MB/s");
        report.Add($"{name}: simdjson", bestOfTheirs * scale, "MB/s");
        report.Add($"{name}: ratio of the medians", theirs.Select(Seconds).Median() / ours.Select(times => times.UnscrubbedSeconds).Median(), "×");
        report.Add($"{name}: events", ours[0].Events, "events");
    }

    private static double Seconds(ReaderTimes times) => times.Seconds;

    private static double Rate(double seconds, ReaderTimes of) => of.Events / seconds;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<ReaderTimes> PinnedAsync(IEnumerable<string> command, CancellationToken ct) =>
        JsonSerializer.Deserialize<ReaderTimes>(await Child.RunAsync("taskset", ["-c", Core, .. command], ct), JsonSerializerOptions.Web)!;
}
