using Reeve.Benchmarks.Support;
using Reeve.Store.ClickHouse;

namespace Reeve.Benchmarks.Disk;

/// <summary>What the log takes on disk once its parts are merged.</summary>
internal static class DiskRow
{
    private const int ColumnsShown = 12;

    // Only needed while a duplicate or another stage may still come; the table drops them after two days.
    private static readonly string[] Expiring = ["request_key", "fingerprint"];

    public static async Task MeasureAsync(BenchOptions options, Report report, CancellationToken ct)
    {
        using var rows = ReadyRows.Encode(options.Bulk, new EventRows());
        await using var store = await BenchStore.StartAsync(options, ct);
        await store.LoadAsync(rows, ct);
        foreach (var table in (string[])["events", "events_minute"])
            await store.Client.ExecuteAsync($"OPTIMIZE TABLE {table} FINAL", ct);
        await DescribeAsync(store.Client, report, rows, ct);
    }

    private static async Task DescribeAsync(IClickHouse store, Report report, ReadyRows rows, CancellationToken ct)
    {
        var columns = await StoredSizes.ColumnsAsync(store, "events", ct);
        var indexes = await StoredSizes.IndexesAsync(store, "events", ct);
        var whole = await StoredSizes.TableAsync(store, "events", ct);
        var minutes = await StoredSizes.TableAsync(store, "events_minute", ct);
        var content = columns.Sum(column => column.Bytes);
        Figure("columns and raw", content, Goal.NotAbove(0.1));
        Figure("with every index and roll-up", whole + minutes, Goal.NotAbove(0.2));
        Detail("columns and raw after two days, without the keys", columns.Where(column => !Expiring.Contains(column.Name)).Sum(column => column.Bytes));
        foreach (var column in columns.Take(ColumnsShown))
            Detail($"column {column.Name}", column.Bytes);
        Detail($"the other {columns.Count - ColumnsShown} columns", columns.Skip(ColumnsShown).Sum(column => column.Bytes));
        foreach (var index in indexes)
            Detail($"index {index.Name}", index.Bytes);
        Detail("marks, primary key and the rest of the parts", whole - content - indexes.Sum(index => index.Bytes));
        Detail("roll-up events_minute", minutes);

        void Figure(string name, long bytes, Goal goal) => report.Add(
            new Figure(name, PerEvent(bytes), PerEvent(rows.RawBytes), "B/event", "the events' JSON", goal));

        void Detail(string name, long bytes) => report.Add(name, PerEvent(bytes), "B/event");

        double PerEvent(long bytes) => (double)bytes / rows.Count;
    }
}
