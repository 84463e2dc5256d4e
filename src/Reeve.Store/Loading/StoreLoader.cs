using Microsoft.Extensions.Logging;
using Reeve.Audit.Reading;
using Reeve.Journaling;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Schema;

namespace Reeve.Store.Loading;

/// <summary>
/// Carries entries from the journal into the store, in order, each once. The bounds of a batch are noted durably before it is sent,
/// so that after a crash the identical batch is sent again under the same token, which the store then knows; whatever was not answered
/// at once is then looked for in the store, and what is missing sent again. The store being away or short of room stops loading and
/// nothing else; a row it refuses is isolated, stored as text, or kept in a file.
/// </summary>
public sealed class StoreLoader : IDisposable
{
    /// <summary>The name of its cursor on the journal.</summary>
    public const string Consumer = "store";

    private readonly Journal _journal;
    private readonly JournalCursor _cursor;
    private readonly StoreLoaderOptions _options;
    private readonly TimeProvider _clock;
    private readonly EventRowEncoder _encoder;
    private readonly EventBatch _batch = new();
    private readonly List<JournalEntry> _unreadable = [];
    private readonly LoaderMetrics _metrics;
    private readonly LoadingTrouble _trouble;
    private readonly PatientDisk _disk;
    private readonly BatchInsert _insert;
    private readonly RefusedRows _refused;
    private readonly BatchSplit _split;

    /// <summary>Registers the consumer <c>store</c> of the journal; nothing is read until <see cref="RunAsync"/>.</summary>
    /// <param name="store">The store, whose schema is current.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="options">Sizes and waits.</param>
    /// <param name="clock">The clock of the waits.</param>
    /// <param name="log">Says when loading stops and goes on.</param>
    public StoreLoader(
        IClickHouse store, Journal journal, StoreLoaderOptions options, TimeProvider clock, ILogger<StoreLoader> log)
    {
        (_journal, _options, _clock) = (journal, options, clock);
        _cursor = journal.OpenCursor(Consumer);
        _encoder = new EventRowEncoder(options.Server);
        _metrics = new LoaderMetrics(() => Lag);
        _trouble = new LoadingTrouble(log);
        _disk = new PatientDisk(options.MaxRetryDelay, clock, log);
        var stored = new StoredRows(store, options, clock, _trouble);
        var rejected = new RejectedEntries(options.RejectedFolder, options.Server);
        _insert = new BatchInsert(store, stored, options, clock, _metrics, _trouble, log);
        _refused = new RefusedRows(journal, _encoder, _insert, rejected, _disk, _metrics, options, log);
        _split = new BatchSplit(_insert, stored, _refused, options);
    }

    /// <summary>Called on the loader's task after each stored batch; returns at once and does not throw.</summary>
    public Action<EventsLoaded>? Loaded { get; init; }

    /// <summary>How loading stands.</summary>
    public LoaderStatus Status => _metrics.Status(Lag, _trouble.Reason);

    private ulong Lag => _journal.DurableEnd - Math.Min(_journal.DurableEnd, _cursor.Position);

    /// <summary>Loads until cancelled or until the journal is closed and all of it is stored. Can be called again after it threw.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _batch.Clear();
        _unreadable.Clear();
        if (_cursor.Pending is { } pending)
            await RepeatAsync(pending, cancellationToken);
        using var reader = _journal.Read(_cursor.Position);
        while (await reader.WaitToReadAsync(cancellationToken))
        {
            await _disk.DoAsync(() => Fill(reader), cancellationToken);
            if (!IsFull)
            {
                await Task.Delay(_options.Linger, _clock, cancellationToken);
                await _disk.DoAsync(() => Fill(reader), cancellationToken);
            }

            await StoreAsync(_cursor.Position, reader.Position, Sending.First, cancellationToken);
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

    // The identical batch: every entry of the range and no other, whatever the limits are now.
    private async Task RepeatAsync(JournalRange range, CancellationToken cancellationToken)
    {
        var split = range.First < _cursor.Position;
        var first = split ? _cursor.Position : range.First;
        using (var reader = _journal.Read(first))
            await _disk.DoAsync(() => Fill(reader, range.End), cancellationToken);

        await StoreAsync(first, range.End, split ? Sending.Split : Sending.Repeated, cancellationToken);
    }

    private async Task StoreAsync(ulong first, ulong end, Sending sending, CancellationToken cancellationToken)
    {
        foreach (var entry in _unreadable)
            await _refused.RejectAsync(entry, cancellationToken);
        _unreadable.Clear();
        if (first < end)
            await StoreRangeAsync(first, end, sending, cancellationToken);
        _batch.Clear();
    }

    private async Task StoreRangeAsync(ulong first, ulong end, Sending sending, CancellationToken cancellationToken)
    {
        var rows = _batch.Count;
        if (sending == Sending.First)
            await _disk.DoAsync(() => _cursor.SavePending(first, end), cancellationToken);
        if (_batch.Count > 0)
        {
            InsertAnswer? answer = sending == Sending.Split
                ? null
                : await _insert.TryAsync(_batch, $"{_options.Server}-{first}-{end - 1}", sending == Sending.Repeated, cancellationToken);
            if (answer is not { Stored: true })
            {
                // Bounds that begin before the position say, after a crash, that the batch must not be sent whole any more.
                await _disk.DoAsync(() => _cursor.SavePending(first - 1, end), cancellationToken);
                rows -= await _split.StoreRestAsync(_batch, answer, cancellationToken);
            }
        }

        await _disk.DoAsync(() => _cursor.Save(end), cancellationToken);
        if (rows == 0)
            return;
        _metrics.Loaded(rows);
        Loaded?.Invoke(new EventsLoaded(first, end, rows, _batch.Earliest, _batch.Latest));
    }

    private enum Sending
    {
        /// <summary>For the first time.</summary>
        First,

        /// <summary>Perhaps sent before this server began, whole and under the same token.</summary>
        Repeated,

        /// <summary>Perhaps sent in pieces before this server began.</summary>
        Split,
    }
}
