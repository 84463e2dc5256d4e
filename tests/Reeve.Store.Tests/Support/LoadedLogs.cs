using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Journaling;
using Reeve.Store.ClickHouse;
using Reeve.Store.Loading;

namespace Reeve.Store.Tests.Support;

/// <summary>A store into which the loader has carried the real logs, and some records that are no event, spread over two days.</summary>
public sealed class LoadedLogs : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedStore? _embedded;
    private EventStore? _store;

    /// <summary>The time of the first event: in the midst of a minute.</summary>
    internal static DateTime From { get; } = new(2026, 11, 21, 17, 42, 31, 250, DateTimeKind.Utc);

    internal RealLogs Logs { get; } = new(From, TimeSpan.FromTicks(34_000_010));

    internal IClickHouse Client => _store!.Client;

    public async ValueTask InitializeAsync()
    {
        Logs.Read(1, "permissive");
        Logs.Read(4, "bulk.jsonl.zst");
        for (var i = 0; i < 7; i++)
        {
            var no = Logs.Events[i * 1000];
            Logs.Events[i * 1000] = no with { Raw = [.. "{\"no\":\"event\"}"u8], Context = no.Context with { Primary = false, Integrity = Audit.Integrity.Unreadable } };
        }

        // A store of its own: the other tests would wait for its writer.
        _embedded = await EmbeddedStore.StartAsync();
        _store = await EventStore.CreateAsync(_embedded);
        await LoadAsync(Logs.Events);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
        _folder.Dispose();
    }

    private async Task LoadAsync(List<SampleEvent> events)
    {
        await using var journal = Journal.Open(new JournalOptions { Folder = _folder["journal"] });
        foreach (var chunk in events.Chunk(5_000))
        {
            var batch = new JournalBatch();
            foreach (var sample in chunk)
                batch.Add(sample.Entry());
            var appended = await journal.AppendAsync(batch, TestContext.Current.CancellationToken);
            await journal.WaitDurableAsync(appended.End, TestContext.Current.CancellationToken);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var options = new StoreLoaderOptions { Server = Samples.Server, RejectedFolder = _folder["rejected"] };
        using var loader = new StoreLoader(Client, journal, options, TimeProvider.System, NullLogger<StoreLoader>.Instance)
        {
            Loaded = loaded =>
            {
                if (loaded.End == journal.DurableEnd)
                    stop.Cancel();
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loader.RunAsync(stop.Token));
    }
}
