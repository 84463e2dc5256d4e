using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Embedded;
using Reeve.Store.ClickHouse.Schema;
using Reeve.Store.Loading;

namespace Reeve.Benchmarks.Support;

/// <summary>What loading cost.</summary>
/// <param name="Took">From the first insert to the answer to the last.</param>
/// <param name="Cpu">User and system time of the store's process, until its merges were done.</param>
internal sealed record LoadCost(TimeSpan Took, TimeSpan Cpu);

/// <summary>The embedded store in its own process, over a new folder, with the current schema.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private readonly string _folder;
    private readonly StoreProcess _process;

    private BenchStore(string folder, StoreProcess process)
    {
        (_folder, _process) = (folder, process);
        Client = new ClickHouseHttp(process.Endpoint, TimeProvider.System);
    }

    public ClickHouseHttp Client { get; }

    public static async Task<BenchStore> StartAsync(BenchOptions options, CancellationToken ct)
    {
        var folder = Folders.Renew(options.Work, "store");
        var process = new StoreProcess(Options(options.Reeve, folder), NullLogger<StoreProcess>.Instance, TimeProvider.System);
        process.Start();
        var store = new BenchStore(folder, process);
        await process.WaitReadyAsync(ct);
        await store.Client.CreateDatabaseAsync(ct);
        await new StoreSchema(store.Client, StoreTopology.Single, TimeProvider.System, NullLogger<StoreSchema>.Instance).MigrateAsync(ct);
        return store;
    }

    /// <summary>Inserts every batch, one after the other, then waits for the merges.</summary>
    public async Task<LoadCost> LoadAsync(ReadyRows rows, CancellationToken ct)
    {
        using var process = Process.GetProcessById(_process.ProcessId!.Value);
        var cpu = process.TotalProcessorTime;
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < rows.Batches.Count; i++)
        {
            var batch = rows.Batches[i];
            await Client.InsertAsync(rows.Table, rows.Columns, new RowsContent(batch, 0, batch.Rows), rows.Token(i), ct);
        }

        var took = Stopwatch.GetElapsedTime(begun);
        await Client.WaitForMergesAsync(ct);
        process.Refresh();
        return new LoadCost(took, process.TotalProcessorTime - cpu);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static StoreProcessOptions Options(string reeve, string folder) => new()
    {
        File = reeve,
        Arguments = ["store", "--data", folder, "--socket", folder + ".sock", "--max-memory", $"{Sizes.StoreMemory}"],
        DataFolder = folder,
        Socket = folder + ".sock",
    };
}
