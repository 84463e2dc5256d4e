using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reeve.Server.Hosting;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Embedded;
using Reeve.Store.ClickHouse.Schema;
using Reeve.Store.Loading;

namespace Reeve.Server.Storage;

/// <summary>
/// Runs the embedded store where there is one, brings its schema up to this build, then loads the journal into it. A
/// store that is away stops loading and nothing else.
/// </summary>
internal sealed partial class StoreService(
    IEnumerable<StoreProcess> embedded, ClickHouseHttp client, StoreSchema schema, StoreLoader loader, TimeProvider time,
    FatalEnd end, IHostApplicationLifetime host, ILogger<StoreService> log) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once the store answered and its schema is current; never where that cannot be.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Why the server cannot work with this store; null where it can.</summary>
    public string? Unusable { get; private set; }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var process in embedded)
            await process.StopAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var process in embedded)
            process.Start();
        try
        {
            await MigrateAsync(stoppingToken);
            _ready.TrySetResult();
            await LoadAsync(stoppingToken);
        }
        catch (SchemaTooNewException failure)
        {
            Unusable = failure.Message;
            LogUnusable(failure.Message);
            end.Note(failure.Message);
            host.StopApplication();
        }
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                foreach (var process in embedded)
                    await process.WaitReadyAsync(ct);
                await client.CreateDatabaseAsync(ct);
                await schema.MigrateAsync(ct);
                return;
            }
            catch (ClickHouseException failure)
            {
                LogAway(failure.Message);
            }

            await Task.Delay(delay, time, ct);
        }
    }

    // Whatever ends the loader, the journal still holds what it did not store.
    private async Task LoadAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await loader.RunAsync(ct);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogLoaderFailed(failure);
            }

            await Task.Delay(LongestDelay, time, ct);
        }
    }

    [LoggerMessage(1, LogLevel.Critical, "{Reason}")]
    private partial void LogUnusable(string reason);

    [LoggerMessage(2, LogLevel.Warning, "The store does not take its schema yet: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(3, LogLevel.Critical, "Loading failed and begins again; nothing is lost")]
    private partial void LogLoaderFailed(Exception failure);
}
