using Microsoft.Extensions.Logging;
using Reeve.Audit.Reading;
using Reeve.Journaling;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Schema;

namespace Reeve.Store.Loading;

/// <summary>
/// Carries entries from the journal into the store, in order, each once. The bounds of a batch are noted durably before it is sent,
/// so that after a crash the identical batch is sent again under the same token, which the store then knows. The store being away or
/// short of room stops loading and nothing else; a row it refuses is isolated, stored as text, or kept in a file.
/// </summary>
public sealed partial class StoreLoader : IDisposable
{
    private readonly Journal _journal;
    private readonly JournalCursor _cursor;
    private readonly StoreLoaderOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly EventRowEncoder _encoder;
    private readonly EventBatch _batch = new();
    private readonly List<JournalEntry> _unreadable = [];
    private readonly RejectedEntries _rejected;
    private readonly LoaderMetrics _metrics;
    private readonly BatchInsert _insert;

    /// <summary>Registers the consumer <c>store</c> of the journal; nothing is read until <see cref="RunAsync"/>.</summary>
    /// <param name="store">The store, whose schema is current.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="reader">Reads journalled events again; used by this loader only.</param>
    /// <param name="options">Sizes and waits.</param>
    /// <param name="clock">The clock of the waits.</param>
    /// <param name="log">Says when loading stops and goes on.</param>
    public StoreLoader(
        IClickHouse store, Journal journal, EventReader reader, StoreLoaderOptions options, TimeProvider clock, ILogger<StoreLoader> log)
    {
        (_journal, _options, _clock, _log) = (journal, options, clock, log);
        _cursor = journal.OpenCursor("store");
        _encoder = new EventRowEncoder(options.Server, reader);
        _rejected = new RejectedEntries(options.RejectedFolder, options.Server);
        _metrics = new LoaderMetrics(() => Lag);
        _insert = new BatchInsert(store, options, clock, _metrics, log);
    }

    /// <summary>Called on the loader's task after each stored batch; returns at once and does not throw.</summary>
    public Action<EventsLoaded>? Loaded { get; init; }

    /// <summary>How loading stands.</summary>
    public LoaderStatus Status => _metrics.Status(Lag, _insert.Trouble);

    private ulong Lag => _journal.DurableEnd - Math.Min(_journal.DurableEnd, _cursor.Position);

    /// <summary>Loads until cancelled or until the journal is closed and all of it is stored.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_cursor.Pending is { } pending)
            await RepeatAsync(pending, cancellationToken);
        using var reader = _journal.Read(_cursor.Position);
        while (await reader.WaitToReadAsync(cancellationToken))
        {
            await PatientlyAsync(() => Fill(reader), cancellationToken);
            if (!IsFull)
            {
                await Task.Delay(_options.Linger, _clock, cancellationToken);
                await PatientlyAsync(() => Fill(reader), cancellationToken);
            }

            await StoreAsync(_cursor.Position, reader.Position, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        _metrics.Dispose();
    }

    private bool IsFull => _batch.Count >= _options.MaxRows || _batch.Rows.Length >= _options.MaxBytes || _batch.Partitions >= _options.MaxPartitions;

    private void Fill(JournalReader reader)
    {
        while (!IsFull && reader.TryRead(out var entry))
            Add(entry);
    }

    private void Fill(JournalReader reader, ulong end)
    {
        while (reader.Position < end && reader.TryRead(out var entry) && entry.Sequence < end)
            Add(entry);
    }

    private void Add(JournalEntry entry)
    {
        if (_encoder.Append(entry.Sequence, entry.Payload, _batch.Rows) is { } context)
            _batch.Added(entry.Sequence, context);
        else
            _unreadable.Add(entry with { Payload = entry.Payload.ToArray() });
    }

    private async Task RejectAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        await PatientlyAsync(() => _rejected.Keep(entry.Sequence, entry.Payload.Span), cancellationToken);
        _metrics.Rejected();
        Log.Rejected(_log, entry.Sequence, _options.RejectedFolder);
    }

    // The identical batch: every entry of the range and no other, whatever the limits are now.
    private async Task RepeatAsync(JournalRange range, CancellationToken cancellationToken)
    {
        using (var reader = _journal.Read(range.First))
            await PatientlyAsync(() => Fill(reader, range.End), cancellationToken);

        await StoreAsync(range.First, range.End, cancellationToken);
    }

    private async Task StoreAsync(ulong first, ulong end, CancellationToken cancellationToken)
    {
        foreach (var entry in _unreadable)
            await RejectAsync(entry, cancellationToken);
        _unreadable.Clear();
        if (first < end)
            await StoreRangeAsync(first, end, cancellationToken);
        _batch.Clear();
    }

    // Halves are noted like batches of their own before they are sent, so that what a crash leaves pending is always what was sent last.
    private async Task StoreRangeAsync(ulong first, ulong end, CancellationToken cancellationToken)
    {
        await PatientlyAsync(() => _cursor.SavePending(first, end), cancellationToken);
        var (row, count) = _batch.RowsOf(first, end);
        switch (count == 0 ? InsertOutcome.Stored : await _insert.TryAsync(_batch, row, count, Token(first, end), cancellationToken))
        {
            case InsertOutcome.Stored:
                break;
            case InsertOutcome.Split when count > 1:
                var middle = _batch.SequenceOf(row + (count / 2));
                await StoreRangeAsync(first, middle, cancellationToken);
                await StoreRangeAsync(middle, end, cancellationToken);
                return;
            default:
                count = await StoreReducedAsync(_batch.SequenceOf(row), Token(first, end), cancellationToken) ? 1 : 0;
                break;
        }

        await PatientlyAsync(() => _cursor.Save(end), cancellationToken);
        if (count == 0)
            return;
        _metrics.Loaded(count);
        Loaded?.Invoke(new EventsLoaded(first, end, count, _batch.Earliest, _batch.Latest));
    }

    private async Task<bool> StoreReducedAsync(ulong sequence, string token, CancellationToken cancellationToken)
    {
        using var reader = _journal.Read(sequence);
        using var reduced = new EventBatch();
        var found = default(JournalEntry);
        await PatientlyAsync(() => reader.TryRead(out found), cancellationToken);
        if (found.Sequence != sequence)
            return false;
        if (_encoder.AppendReduced(sequence, found.Payload, reduced.Rows) is { } context)
        {
            reduced.Added(sequence, context);
            if (await _insert.TryAsync(reduced, 0, 1, token, cancellationToken) == InsertOutcome.Stored)
            {
                _metrics.Refused();
                Log.Reduced(_log, _options.Server, sequence);
                return true;
            }
        }

        await RejectAsync(found, cancellationToken);
        return false;
    }

    // A full or failing disk stops loading until it is better; every step given here can be repeated.
    private async Task PatientlyAsync(Action step, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                step();
                return;
            }
            catch (IOException e)
            {
                if (tries == 0)
                    Log.DiskFailed(_log, e.Message);
            }

            await Task.Delay(_options.MaxRetryDelay, _clock, cancellationToken);
        }
    }

    private string Token(ulong first, ulong end) => $"{_options.Server}-{first}-{end - 1}";

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Warning, "The store refused event {Server}-{Sequence}: it is stored as text only")]
        public static partial void Reduced(ILogger log, string server, ulong sequence);

        [LoggerMessage(12, LogLevel.Error, "Loading into the store waits for the data folder's disk: {Reason}")]
        public static partial void DiskFailed(ILogger log, string reason);

        [LoggerMessage(11, LogLevel.Error, "Journal entry {Sequence} cannot be stored in any form: it is kept in {Folder}")]
        public static partial void Rejected(ILogger log, ulong sequence, string folder);
    }
}
