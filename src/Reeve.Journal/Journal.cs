using Reeve.Journaling.Appending;
using Reeve.Journaling.Cursors;
using Reeve.Journaling.Files;
using Reeve.Journaling.Segments;

namespace Reeve.Journaling;

/// <summary>
/// An append-only log of opaque entries with group commit. Thread-safe. Crash contract: an entry below
/// <see cref="DurableEnd"/> comes back after any crash with the content it was appended with, or is reported as damaged
/// where the disk lost it; a later entry comes back with its whole batch or not at all, and only then is its number given
/// again. Appends never fail for want of room: they wait.
/// </summary>
public sealed class Journal : IAsyncDisposable
{
    private const string LockName = "lock";

    private readonly JournalOptions _options;
    private readonly IJournalFileSystem _files;
    private readonly IDisposable _lock;
    private readonly DamageLedger _damage;
    private readonly SegmentList _segments;
    private readonly CursorList _cursors;
    private readonly BlockState _blocks;
    private readonly AppendQueue _queue;
    private readonly GroupWriter _writer;
    private int _disposed;

    private Journal(JournalOptions options, IJournalFileSystem files, IDisposable held, IJournalObserver? observer, TimeProvider time)
    {
        (_options, _files, _lock) = (options, files, held);
        _damage = new DamageLedger(observer);
        var recovered = JournalRecovery.Run(options, files, _damage, observer);
        (_segments, _cursors) = (recovered.Segments, recovered.Cursors);
        _blocks = new BlockState(observer);
        _queue = new AppendQueue(options, _segments, _blocks, recovered.Next);
        _writer = new GroupWriter(options, files, _segments, recovered.Active, _queue, _blocks, observer, time, WriterIdle);
        _cursors.Attach(this);
        DeleteConsumed();
        _writer.Start();
    }

    /// <summary>The number the next entry gets; 1 in an empty journal.</summary>
    public ulong NextSequence => _queue.Next;

    /// <summary>Every entry with a lower sequence is fsynced.</summary>
    public ulong DurableEnd => _queue.DurableEnd;

    /// <summary>The lowest sequence still present; <see cref="DurableEnd"/> where there is none.</summary>
    public ulong OldestSequence => _segments.Snapshot is [var oldest, ..] ? oldest.First : DurableEnd;

    /// <summary>A snapshot for metrics and the health page.</summary>
    public JournalStatus Status => new()
    {
        Bytes = _segments.Bytes,
        Segments = _segments.Snapshot.Count,
        OldestSequence = OldestSequence,
        DurableEnd = DurableEnd,
        NextSequence = NextSequence,
        PendingBytes = _queue.PendingBytes,
        LastSync = _writer.LastSync,
        Blocked = _blocks.Current,
        DamagedBytes = _damage.Bytes,
        DamagedEntries = _damage.Entries,
        Consumers = _cursors.Positions,
    };

    /// <summary>Opens a journal, or begins one, and recovers what a crash left. Reads the last segment whole.</summary>
    /// <exception cref="JournalException">Another process has it, or a newer Reeve wrote it.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static Journal Open(JournalOptions options, IJournalObserver? observer = null, TimeProvider? time = null) =>
        Open(options, new DiskFileSystem(), observer, time);

    internal static Journal Open(JournalOptions options, IJournalFileSystem files, IJournalObserver? observer = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem is { } problem)
            throw new ArgumentException(problem, nameof(options));
        options = options with { Folder = Path.GetFullPath(options.Folder) };
        files.CreateFolder(options.Folder);
        var held = files.TryLock(Path.Combine(options.Folder, LockName))
            ?? throw new JournalException($"the journal in {options.Folder} is in use by another process: stop it, or choose another data folder");
        try
        {
            return new Journal(options, files, held, observer, time ?? TimeProvider.System);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes all entries of the batch, or none, and numbers them at once; the batch is free again when this completes. Waits
    /// while too much is pending, the disk is full or the budget is spent. They are durable after
    /// <see cref="WaitDurableAsync"/> of the result's end. Cancelled, nothing was taken.
    /// </summary>
    /// <exception cref="ArgumentException">An entry is larger than <see cref="JournalOptions.MaxEntryBytes"/>; nothing was taken.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed; nothing was taken.</exception>
    public ValueTask<JournalAppend> AppendAsync(JournalBatch batch, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.LargestEntry > _options.MaxEntryBytes)
            throw new ArgumentException($"an entry of {batch.LargestEntry} bytes is larger than the journal's limit of {_options.MaxEntryBytes}", nameof(batch));
        return _queue.AppendAsync(batch, ct);
    }

    /// <summary>Completes when every entry below <paramref name="end"/> is fsynced. Cancelled, the entries stay appended.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such entry was appended yet.</exception>
    /// <exception cref="ObjectDisposedException">The journal was closed before the disk took them.</exception>
    public ValueTask WaitDurableAsync(ulong end, CancellationToken ct = default) => _queue.WaitDurableAsync(end, ct);

    /// <summary>A reader that begins at a sequence, or at the oldest present where that was deleted.</summary>
    public JournalReader Read(ulong from) => new(this, _segments, _files, _damage, _options.ReadBlockBytes, from);

    /// <summary>
    /// The consumer's cursor, durable when this returns; a new one begins at the oldest entry present. Entries from its
    /// position on are kept until <see cref="RemoveCursor"/>. Without any cursor nothing is ever deleted.
    /// </summary>
    /// <param name="consumer">Its name: 1 to 64 of a-z, 0-9 and -.</param>
    public JournalCursor OpenCursor(string consumer) => _cursors.Open(consumer, this);

    /// <summary>Forgets a consumer, durably; what only it held back is deleted. Does nothing where there is none.</summary>
    public void RemoveCursor(string consumer)
    {
        _cursors.Remove(consumer);
        DeleteConsumed();
    }

    /// <summary>
    /// Writes what is pending if the disk takes it, and closes. Entries it does not take were never acknowledged: waits for
    /// them end with <see cref="ObjectDisposedException"/>. Readers end, cursors can no longer be saved.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _queue.Close();
        await _writer.StopAsync();
        _writer.Dispose();
        _queue.Dispose();
        _cursors.Dispose();
        _lock.Dispose();
    }

    internal ValueTask<bool> WaitForEntryAsync(ulong position, CancellationToken ct) => _queue.WaitForEntryAsync(position, ct);

    /// <summary>Deletes the segments every consumer has passed.</summary>
    internal void DeleteConsumed()
    {
        try
        {
            if (_cursors.Lowest is { } lowest && _segments.DeleteBelow(lowest))
            {
                _queue.SignalRoom();
                _writer.RetryNow();
            }
            else if (_blocks.Budget)
            {
                _writer.RetryNow();
            }
        }
        catch (Exception error) when (DiskErrors.IsDisk(error))
        {
            // The entries are consumed all the same; the next save tries again.
        }
    }

    private void WriterIdle()
    {
        if (!_blocks.Budget)
            return;
        _writer.RollConsumed(_cursors.Lowest);
        if (_cursors.Lowest is { } lowest && _segments.DeleteBelow(lowest))
            _queue.SignalRoom();
    }
}
