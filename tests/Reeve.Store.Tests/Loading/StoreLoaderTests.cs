using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Audit.Entries;
using Reeve.Journaling;
using Reeve.Store.ClickHouse;
using Reeve.Store.Loading;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Loading;

public sealed class StoreLoaderTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedStore _store = new();
    private Journal _journal;

    public StoreLoaderTests() => _journal = Open();

    private StoreLoaderOptions Options => new()
    {
        Server = Samples.Server,
        RejectedFolder = _folder["rejected"],
        Linger = TimeSpan.FromMilliseconds(1),
        RetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetryDelay = TimeSpan.FromMilliseconds(2),
    };

    [Fact]
    public async Task Entries_are_stored_in_order_under_tokens_of_their_bounds()
    {
        await AppendAsync(Named(1, 10));
        await LoadAllAsync(Options with { MaxRows = 4 });
        Assert.Equal(["3f9a2c1e-1-4", "3f9a2c1e-5-8", "3f9a2c1e-9-10"], _store.Tries);
        Assert.Equal(Named(1, 10), NamesIn(_store.ByToken.Values));
    }

    [Fact]
    public async Task Batch_never_spans_more_partitions_than_allowed()
    {
        await AppendAsync(Enumerable.Range(0, 120).Select(day => Samples.Of(Samples.Json(name: $"n{day:D3}").ToJsonString(), Samples.Noon.AddDays(-day))));
        await LoadAllAsync(Options);
        Assert.Equal(["3f9a2c1e-1-50", "3f9a2c1e-51-100", "3f9a2c1e-101-120"], _store.Tries);
    }

    [Fact]
    public async Task Store_that_is_away_gets_the_identical_batch_until_it_is_back()
    {
        await AppendAsync(Named(1, 5));
        var bodies = new List<byte[]>();
        _store.Answer = (_, bytes) =>
        {
            bodies.Add(bytes);
            return bodies.Count <= 6 ? new ClickHouseException("away", StoreFailure.Unavailable) : null;
        };
        var status = await LoadAllAsync(Options);
        Assert.Equal(7, bodies.Count);
        Assert.All(bodies, body => Assert.Equal(bodies[0], body));
        Assert.Equal(Enumerable.Repeat("3f9a2c1e-1-5", 7), _store.Tries);
        Assert.Equal((5, 6, null), (status.LoadedRows, status.Retries, status.Trouble));
    }

    [Fact]
    public async Task What_a_crash_left_pending_is_sent_again_with_the_same_bounds()
    {
        await AppendAsync(Named(1, 10));
        using var stop = new CancellationTokenSource();
        _store.Answer = (_, _) =>
        {
            stop.Cancel();
            return new ClickHouseException("away", StoreFailure.Unavailable);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LoadAllAsync(Options with { MaxRows = 7 }, stop));
        await _journal.DisposeAsync();
        _journal = Open();
        await AppendAsync(Named(11, 12));

        _store.Answer = (_, _) => null;
        _store.Tries.Clear();
        await LoadAllAsync(Options with { MaxRows = 100 });
        Assert.Equal(["3f9a2c1e-1-7", "3f9a2c1e-8-12"], _store.Tries);
        Assert.Equal(Named(1, 12), NamesIn(_store.ByToken.Values));
    }

    [Fact]
    public async Task Refused_row_is_isolated_and_stored_as_text()
    {
        await AppendAsync(Named(1, 16));
        // The full row holds the name twice, in its column and in the JSON; the reduced one only in the JSON.
        _store.Answer = (_, bytes) => Count(bytes, "node-0011"u8) > 2 ? new ClickHouseException("cannot parse", StoreFailure.Refused) : null;
        var status = await LoadAllAsync(Options);
        Assert.Equal(1, status.RefusedRows);
        Assert.Equal(16, status.LoadedRows);
        Assert.Equal(Named(1, 16), NamesIn(_store.ByToken.Values));
        Assert.False(Directory.Exists(_folder["rejected"]));
        Assert.Equal(1, Count(_store.ByToken["3f9a2c1e-11-11"], "/node-0011"u8));
    }

    [Fact]
    public async Task Row_refused_in_every_form_is_kept_in_a_file_and_blocks_nothing()
    {
        await AppendAsync(Named(1, 16));
        _store.Answer = (_, bytes) => Count(bytes, "node-0005"u8) > 0 ? new ClickHouseException("no", StoreFailure.Refused) : null;
        var status = await LoadAllAsync(Options);
        Assert.Equal((15, 0, 1), (status.LoadedRows, status.RefusedRows, status.RejectedEntries));
        const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["rejected"]));
        Assert.Equal(OwnersFile, File.GetUnixFileMode(Path.Combine(_folder["rejected"], "3f9a2c1e-5.entry")));
        var kept = await File.ReadAllBytesAsync(Path.Combine(_folder["rejected"], "3f9a2c1e-5.entry"), TestContext.Current.CancellationToken);
        Assert.True(EventEntry.TryRead(kept, out _, out var raw));
        Assert.Contains("node-0005", Encoding.UTF8.GetString(raw.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_that_cannot_be_read_is_kept_in_a_file()
    {
        var batch = new JournalBatch();
        batch.Add([255, 1, 2, 3]);
        await AppendAsync(batch);
        await AppendAsync(Named(2, 3));
        var status = await LoadAllAsync(Options);
        Assert.Equal((2, 1), (status.LoadedRows, status.RejectedEntries));
        Assert.True(File.Exists(Path.Combine(_folder["rejected"], "3f9a2c1e-1.entry")));
    }

    [Fact]
    public async Task Store_without_memory_for_a_batch_gets_halves()
    {
        await AppendAsync(Named(1, 8));
        _store.Answer = (token, _) => token is "3f9a2c1e-1-8" or "3f9a2c1e-1-4" ? new ClickHouseException("memory", StoreFailure.Overloaded) : null;
        await LoadAllAsync(Options with { OverloadedTries = 2 });
        Assert.Equal(["3f9a2c1e-1-2", "3f9a2c1e-3-4", "3f9a2c1e-5-8"], _store.ByToken.Keys);
        Assert.Equal(Named(1, 8), NamesIn(_store.ByToken.Values));
    }

    [Fact]
    public async Task Refused_row_that_a_damaged_journal_cannot_give_again_is_counted()
    {
        await AppendAsync(Named(1, 4));
        _store.Answer = (_, bytes) =>
        {
            if (Count(bytes, "node-0003"u8) == 0)
                return null;
            Damage("node-0003"u8);
            return new ClickHouseException("cannot parse", StoreFailure.Refused);
        };
        var status = await LoadAllAsync(Options);
        Assert.Equal((3, 1, 0), (status.LoadedRows, status.LostEvents, status.RejectedEntries));
        Assert.Equal(new ulong[] { 1, 2, 4 }, _store.Rows.Order());
    }

    [Fact]
    public async Task Loader_that_failed_begins_again_with_nothing_left_over()
    {
        await AppendAsync(Named(1, 6));
        var failed = false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var loader = new StoreLoader(_store, _journal, Options, TimeProvider.System, NullLogger<StoreLoader>.Instance)
        {
            Loaded = _ => stop.Cancel(),
        };
        _store.Answer = (_, _) => failed ? null : throw new InvalidOperationException((failed = true).ToString());
        await Assert.ThrowsAsync<InvalidOperationException>(() => loader.RunAsync(stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loader.RunAsync(stop.Token));
        Assert.Equal(Named(1, 6), NamesIn(_store.ByToken.Values));
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _folder.Dispose();
    }

    private static List<string> Named(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(i => $"node-{i:D4}")];

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> text) => bytes.Count(text);

    private static List<string> NamesIn(IEnumerable<byte[]> bodies) =>
        [.. bodies.SelectMany(body => System.Text.RegularExpressions.Regex.Matches(Encoding.Latin1.GetString(body), "\"name\":\"(?<name>node-[0-9]{4})\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value))];

    // Flips the last letter wherever the text is in the journal.
    private void Damage(ReadOnlySpan<byte> text)
    {
        foreach (var path in Directory.GetFiles(_folder["journal"]).Where(path => !path.EndsWith("lock", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(path);
            for (var at = bytes.AsSpan().IndexOf(text); at >= 0; at = bytes.AsSpan().IndexOf(text))
            {
                bytes[at] ^= 1;
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.Position = at;
                file.WriteByte(bytes[at]);
            }
        }
    }

    private Journal Open() => Journal.Open(new JournalOptions { Folder = _folder["journal"] });

    private Task AppendAsync(IEnumerable<string> names) => AppendAsync(names.Select(name => Samples.Of(Samples.Json(name: name).ToJsonString())));

    private Task AppendAsync(IEnumerable<SampleEvent> events)
    {
        var batch = new JournalBatch();
        foreach (var sample in events)
            batch.Add(sample.Entry());
        return AppendAsync(batch);
    }

    private async Task AppendAsync(JournalBatch batch)
    {
        var appended = await _journal.AppendAsync(batch, TestContext.Current.CancellationToken);
        await _journal.WaitDurableAsync(appended.End, TestContext.Current.CancellationToken);
    }

    // Runs until everything durable is stored.
    private async Task<LoaderStatus> LoadAllAsync(StoreLoaderOptions options, CancellationTokenSource? crash = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(crash?.Token ?? default, TestContext.Current.CancellationToken);
        using var loader = new StoreLoader(_store, _journal, options, TimeProvider.System, NullLogger<StoreLoader>.Instance)
        {
            Loaded = loaded =>
            {
                if (loaded.End == _journal.DurableEnd)
                    stop.Cancel();
            },
        };
        try
        {
            await loader.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (crash?.IsCancellationRequested != true)
        {
            // Everything is stored.
        }

        return loader.Status;
    }
}
