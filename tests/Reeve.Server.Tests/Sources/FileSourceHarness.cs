using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Files;
using Reeve.Server.State;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Tests.Sources;

/// <summary>A file source on a real journal and state database; started and stopped like a process.</summary>
internal sealed class FileSourceHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private CancellationTokenSource? _stop;
    private Journal? _journal;
    private StateDatabase? _state;
    private Task _running = Task.CompletedTask;

    /// <summary>The folder that is read.</summary>
    public TemporaryFolder Logs { get; } = new();

    public SourceRegistry Registry { get; } = new();

    public InputEnds Ends { get; } = new();

    public TimeSpan LastLineAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What is stamped on the records of a file.</summary>
    public Func<string, SourceIdentity> Identify { get; init; } = _ => new("files", "file", "default", "", TrustedProxies.None);

    public void Start(params string[] paths)
    {
        _stop = new();
        _state = StateDatabase.Open(_folder["data"]);
        _journal = Journal.Open(new() { Folder = _folder["journal"] });
        var senders = new SenderRegistry(TimeProvider.System);
        var limits = new EventLimits();
        var key = new ScrubKey(new byte[32]);
        var recent = new RecentEvents();
        var metrics = new ReeveMetrics(_services.GetRequiredService<IMeterFactory>());
        var pipeline = new EventPipeline(
            _journal, key, DeclaredPaths.None, limits, TimeSpan.FromDays(400), recent, senders, new(), metrics, TimeProvider.System);
        var options = new FileSourceOptions
        {
            Name = "files",
            Identify = Identify,
            Paths = paths.Length == 0 ? [Logs.Path] : paths,
            PollEvery = TimeSpan.FromMilliseconds(2),
            RefreshEvery = TimeSpan.FromMilliseconds(2),
            LastLineAfter = LastLineAfter,
        };
        var scrubber = new Scrubber(key);
        var signatures = new FileSignatures(scrubber);
        var cursors = new FileCursors(_state, "files", _journal.OpenCursor("source-files"));
        var source = new FileSource(
            options,
            new OpenFiles(new(options.Paths), cursors, signatures, cursor => new(cursor, limits, scrubber, signatures, TimeProvider.System)),
            cursors,
            pipeline.Open(Identify(Logs.Path)),
            new(() => Identify(Logs.Path), Registry, senders, Ends), TimeProvider.System, NullLogger<FileSource>.Instance);
        var replay = JournalReplay.Read(_journal, recent, CancellationToken.None);
        FileCursors.MoveOn(_state, replay.Positions);
        _running = Task.Run(() => source.RunAsync(_stop.Token));
    }

    public async Task StopAsync()
    {
        if (_stop is null)
            return;
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        await _journal!.DisposeAsync();
        _state!.Dispose();
        _stop.Dispose();
        _stop = null;
    }

    /// <summary>Every entry's raw text, once there are at least <paramref name="count"/>.</summary>
    public async Task<List<string>> ReadAsync(int count) => [.. (await ReadEntriesAsync(count)).Select(entry => entry.Raw)];

    /// <summary>Every entry, once there are at least <paramref name="count"/>.</summary>
    public async Task<List<(EventContext Context, string Raw)>> ReadEntriesAsync(int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var entries = new List<(EventContext, string)>();
        using var reader = _journal!.Read(0);
        while (entries.Count < count)
        {
            if (!reader.TryRead(out var entry))
            {
                Assert.True(await reader.WaitToReadAsync(patience.Token), $"only {entries.Count} entries of {count}");
                continue;
            }

            Assert.True(EventEntry.TryRead(entry.Payload, out var context, out var raw));
            entries.Add((context, Encoding.UTF8.GetString(raw.Span)));
        }

        return entries;
    }

    /// <summary>How far the journal may forget, as far as this source goes.</summary>
    public ulong CursorPosition => _journal!.Status.Consumers["source-files"];

    /// <summary>Journals entries that are not this source's.</summary>
    /// <returns>The position after them.</returns>
    public async Task<ulong> AppendForeignEntriesAsync(int count)
    {
        using var batch = new JournalBatch();
        for (var entry = 0; entry < count; entry++)
            batch.Add([(byte)entry]);
        var appended = await _journal!.AppendAsync(batch, CancellationToken.None);
        await _journal.WaitDurableAsync(appended.End, CancellationToken.None);
        return appended.End;
    }

    /// <summary>Waits until something is so.</summary>
    public async Task WaitUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!condition())
            await poll.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>Waits until the source reports that there is nothing left to read, and its cursors are saved.</summary>
    public async Task CatchUpAsync(Func<SourceStatus, bool>? until = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        var rounds = 0;
        while (rounds < 20)
        {
            await poll.WaitForNextTickAsync(patience.Token);
            var status = Registry.Snapshot().SingleOrDefault();
            rounds = status is { State: SourceState.Following or SourceState.Failed } && (until?.Invoke(status) ?? true) ? rounds + 1 : 0;
        }
    }

    /// <summary>Sets every saved cursor back to the beginning, as if the process had died before it saved one.</summary>
    public void ForgetCursors()
    {
        using var state = StateDatabase.Open(_folder["data"]);
        state.Write(connection => connection.Execute("UPDATE file_cursor SET offset = 0, line = 0, tail_length = 0, tail = ''"));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
        Logs.Dispose();
    }
}
