using Reeve.Benchmarks.Support;

namespace Reeve.Benchmarks.Pipeline;

/// <summary>The whole way of a log file into the store, beside loading the same rows ready-made, and what our schema costs beside a plain one.</summary>
internal static class PipelineRow
{
    private const int Rounds = 3;

    public static async Task MeasureAsync(BenchOptions options, Report report, CancellationToken ct)
    {
        var warmUp = Path.Combine(options.Work, "warm-up.jsonl");
        WarmUpLog.Write(options.Bulk, warmUp);
        using var events = new TableRows(new EventRows(), options.Bulk, warmUp);
        using var plain = new TableRows(new PlainRows(), options.Bulk, warmUp);
        List<LoadCost> ours = [], theirs = [];
        List<PipelineCost> whole = [];
        for (var round = 0; round < Rounds; round++)
        {
            await using (var store = await BenchStore.StartAsync(options, ct))
            {
                await store.Client.ExecuteAsync(PlainRows.Definition, ct);
                ours.Add(await events.LoadAsync(store, ct));
                theirs.Add(await plain.LoadAsync(store, ct));
            }

            await using var server = await ReeveServe.StartAsync(options, warmUp, events.WarmUp.Count, ct);
            whole.Add(await server.ReadAsync(options.Bulk, events.WarmUp.Count + events.Rows.Count, ct));
        }

        Describe(report, events.Rows.Count, ours, theirs, whole);
    }

    private static void Describe(Report report, long rows, List<LoadCost> ours, List<LoadCost> theirs, List<PipelineCost> whole)
    {
        var best = whole.MinBy(cost => cost.Took)!;
        var (our, their) = (ours.Min(cost => cost.Cpu), theirs.Min(cost => cost.Cpu));
        report.Add(new Figure(
            "file to searchable", rows / best.Took.TotalSeconds, rows / ours.Min(cost => cost.Took).TotalSeconds, "events/s",
            "ready-made rows, our schema", Goal.NotBelow(0.5)));
        report.Add(new Figure(
            "store CPU of a row", Micros(our), Micros(their), "µs", "7 columns + raw, no indexes", Goal.NotAbove(2.5)));
        report.Add("file to searchable, median", rows / whole.Select(cost => cost.Took.TotalSeconds).Median(), "events/s");
        report.Add("ready-made rows, median", rows / ours.Select(cost => cost.Took.TotalSeconds).Median(), "events/s");
        report.Add("plain rows, best", rows / theirs.Min(cost => cost.Took).TotalSeconds, "events/s");
        report.Add("server CPU of an event", Micros(best.Server), "µs");
        report.Add("store CPU of an event, merges not awaited", Micros(best.Store), "µs");
        report.Add("rows", rows, "rows");

        double Micros(TimeSpan cpu) => cpu.TotalMicroseconds / rows;
    }

    /// <summary>A log and its warm-up as rows of one table.</summary>
    private sealed class TableRows(IRowFormat format, string log, string warmUp) : IDisposable
    {
        public ReadyRows WarmUp { get; } = ReadyRows.Encode(warmUp, format);

        public ReadyRows Rows { get; } = ReadyRows.Encode(log, format, Sizes.WarmUpEvents + 1);

        public async Task<LoadCost> LoadAsync(BenchStore store, CancellationToken ct)
        {
            await store.LoadAsync(WarmUp, ct);
            return await store.LoadAsync(Rows, ct);
        }

        public void Dispose()
        {
            WarmUp.Dispose();
            Rows.Dispose();
        }
    }
}
