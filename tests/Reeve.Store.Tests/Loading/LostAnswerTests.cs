using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Journaling;
using Reeve.Store.ClickHouse;
using Reeve.Store.Loading;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Loading;

/// <summary>A store that stored less, or more, than it said: every row is there once in the end.</summary>
public sealed class LostAnswerTests(SharedStores stores) : IAsyncDisposable
{
    private const string Whole = "3f9a2c1e-1-8";

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedStore _store = new();
    private Journal? _journal;

    private static IEnumerable<ulong> All => Enumerable.Range(1, 8).Select(sequence => (ulong)sequence);

    [Fact]
    public async Task Rows_lost_between_token_and_part_are_sent_again_under_a_token_of_their_own()
    {
        await AppendAsync();
        FailOnce(StoreFailure.Unavailable, noted: _ => true);
        _store.InPlace = (token, sequence) => token != Whole || sequence % 2 == 0;
        await LoadAsync();
        Assert.Equal([Whole, Whole, $"{Whole}-again-1"], _store.Tries);
        Assert.Equal(All, _store.Rows.Order());
    }

    [Fact]
    public async Task Rows_lost_again_are_sent_until_they_are_there()
    {
        await AppendAsync();
        FailOnce(StoreFailure.Overloaded, noted: _ => true);
        _store.InPlace = (token, _) => token == $"{Whole}-again-3";
        await LoadAsync();
        Assert.Equal([Whole, Whole, $"{Whole}-again-1", $"{Whole}-again-2", $"{Whole}-again-3"], _store.Tries);
        Assert.Equal(All, _store.Rows.Order());
    }

    [Fact]
    public async Task Batch_that_was_pending_at_the_start_is_looked_for()
    {
        await AppendAsync();
        await CrashAsync(token => token == Whole, noted: _ => true, inPlace: sequence => sequence > 3);
        await LoadAsync();
        Assert.Equal([Whole, $"{Whole}-again-1"], _store.Tries);
        Assert.Equal(All, _store.Rows.Order());
    }

    [Fact]
    public async Task Success_at_the_first_try_is_believed()
    {
        await AppendAsync();
        _store.InPlace = (_, _) => false;
        await LoadAsync();
        Assert.Equal([Whole], _store.Tries);
    }

    [Theory]
    [InlineData(StoreFailure.Overloaded)]
    [InlineData(StoreFailure.Refused)]
    public async Task Partition_stored_before_the_failure_of_another_is_left_out_of_the_pieces(StoreFailure failure)
    {
        await AppendAsync();
        _store.Answer = (token, _) => token == Whole ? new ClickHouseException("no", failure) : null;
        _store.NotedThough = (_, sequence) => sequence is 2 or 3 or 7;
        await LoadAsync();
        Assert.Equal(["3f9a2c1e-1-5", "3f9a2c1e-6-8"], _store.ByToken.Keys);
        Assert.Equal(All, _store.Rows.Order());
    }

    [Fact]
    public async Task Batch_whose_every_row_is_stored_is_done_whatever_the_store_says()
    {
        await AppendAsync();
        _store.Answer = (_, _) => new ClickHouseException("no", StoreFailure.Overloaded);
        _store.NotedThough = (_, _) => true;
        await LoadAsync();
        Assert.Equal(All, _store.Rows.Order());
    }

    [Fact]
    public async Task Crash_between_two_pieces_stores_no_row_twice()
    {
        await AppendAsync();
        _store.NotedThough = (token, sequence) => token == Whole && sequence is 2 or 7;
        await CrashAsync(token => token == "3f9a2c1e-5-8", noted: sequence => sequence is 2 or 7, inPlace: _ => true, whole: StoreFailure.Overloaded);
        Assert.NotEmpty(_store.Rows);
        await LoadAsync();
        Assert.Equal(All, _store.Rows.Order());
    }

    [Fact]
    public async Task Rows_that_a_real_store_knows_by_token_and_has_not_are_stored()
    {
        await using var store = await EventStore.CreateAsync(stores);
        await AppendAsync();
        await store.InsertAsync(1, Events());
        await store.Client.ExecuteAsync(
            "ALTER TABLE events DELETE WHERE seq % 3 = 0 SETTINGS mutations_sync = 2", TestContext.Current.CancellationToken);
        _journal!.OpenCursor("store").SavePending(1, 9);

        await LoadAsync(store.Client);

        Assert.Equal(All.Select(sequence => $"{sequence}"), await store.ReadAsync("SELECT seq FROM events ORDER BY seq"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_journal is not null)
            await _journal.DisposeAsync();
        _folder.Dispose();
    }

    private static IEnumerable<SampleEvent> Events() => All.Select(sequence => Samples.Of(Samples.Json(name: $"node-{sequence}").ToJsonString()));

    private void FailOnce(StoreFailure failure, Func<ulong, bool> noted)
    {
        _store.NotedThough = (_, sequence) => noted(sequence);
        _store.Answer = (_, _) => _store.Tries.Count == 1 ? new ClickHouseException("no", failure) : null;
    }

    // Ends the loader at the given insert, and opens the journal again; the whole batch can fail before that.
    private async Task CrashAsync(Func<string, bool> at, Func<ulong, bool> noted, Func<ulong, bool> inPlace, StoreFailure? whole = null)
    {
        using var crash = new CancellationTokenSource();
        _store.NotedThough = (token, sequence) => token == Whole && noted(sequence);
        _store.InPlace = (token, sequence) => token != Whole || inPlace(sequence);
        _store.Answer = (token, _) =>
        {
            if (at(token))
                crash.Cancel();
            else if (token != Whole || whole is null)
                return null;
            return new ClickHouseException("no", whole ?? StoreFailure.Unavailable);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(_store, crash.Token));
        await _journal!.DisposeAsync();
        _journal = Open();
        _store.Answer = (_, _) => null;
        _store.Tries.Clear();
    }

    private Journal Open() => Journal.Open(new JournalOptions { Folder = _folder["journal"] });

    private async Task AppendAsync()
    {
        _journal = Open();
        var batch = new JournalBatch();
        foreach (var sample in Events())
            batch.Add(sample.Entry());
        var appended = await _journal.AppendAsync(batch, TestContext.Current.CancellationToken);
        await _journal.WaitDurableAsync(appended.End, TestContext.Current.CancellationToken);
    }

    private async Task LoadAsync(IClickHouse? store = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(store ?? _store, stop.Token, stop.Cancel));
    }

    private async Task RunAsync(IClickHouse store, CancellationToken cancellationToken, Action? loaded = null)
    {
        var options = new StoreLoaderOptions
        {
            Server = Samples.Server,
            RejectedFolder = _folder["rejected"],
            Linger = TimeSpan.FromMilliseconds(1),
            RetryDelay = TimeSpan.FromMilliseconds(1),
            MaxRetryDelay = TimeSpan.FromMilliseconds(2),
        };
        using var loader = new StoreLoader(store, _journal!, options, TimeProvider.System, NullLogger<StoreLoader>.Instance)
        {
            Loaded = _ => loaded?.Invoke(),
        };
        await loader.RunAsync(cancellationToken);
    }
}
