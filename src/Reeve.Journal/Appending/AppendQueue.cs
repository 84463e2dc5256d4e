using Reeve.Journaling.Segments;

namespace Reeve.Journaling.Appending;

/// <summary>
/// Between the callers and the writer: numbers entries, collects them into groups and makes callers wait for room and for
/// durability. Thread-safe; the lock is held for a copy at most.
/// </summary>
internal sealed class AppendQueue(JournalOptions options, SegmentList segments, BlockState blocks, ulong next) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private PendingGroup _filling = new();
    private PendingGroup _writing = new();
    private ulong _next = next;
    private ulong _durableEnd = next;
    private int _queued;
    private bool _closed;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _advanced;

    /// <summary>Called when there is something to write or a full budget to look at.</summary>
    public Action Wake { get; set; } = () => { };

    public ulong Next => Volatile.Read(ref _next);

    public ulong DurableEnd => Volatile.Read(ref _durableEnd);

    public long PendingBytes
    {
        get
        {
            lock (_gate)
                return _filling.Frames.Length + _writing.Frames.Length;
        }
    }

    /// <summary>Takes the whole batch and numbers it, or waits; cancelled, it has taken nothing.</summary>
    public ValueTask<JournalAppend> AppendAsync(JournalBatch batch, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Volatile.Read(ref _queued) == 0 && TryAppend(batch, out var append, out _)
            ? ValueTask.FromResult(append)
            : WaitForRoomAsync(batch, ct);
    }

    /// <summary>Completes when every entry below <paramref name="end"/> is durable.</summary>
    public ValueTask WaitDurableAsync(ulong end, CancellationToken ct)
    {
        if (end <= DurableEnd)
            return ValueTask.CompletedTask;
        lock (_gate)
        {
            if (end <= _durableEnd)
                return ValueTask.CompletedTask;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(end, _next);
            ObjectDisposedException.ThrowIf(_closed && _writing.IsEmpty && _filling.IsEmpty, typeof(Journal));
            var group = !_writing.IsEmpty && end <= _writing.End ? _writing : _filling;
            return new ValueTask(group.Durable.WaitAsync(ct));
        }
    }

    /// <summary>Completes when there is a durable entry at <paramref name="position"/>: true, or the journal is closed: false.</summary>
    public async ValueTask<bool> WaitForEntryAsync(ulong position, CancellationToken ct)
    {
        while (position >= DurableEnd)
        {
            Task advanced;
            lock (_gate)
            {
                if (position < _durableEnd)
                    return true;
                if (_closed)
                    return false;
                advanced = (_advanced ??= NewSignal()).Task;
            }

            await advanced.WaitAsync(ct);
        }

        return true;
    }

    /// <summary>The next group to write, which stays the writer's until <see cref="Complete"/>; null when there is none.</summary>
    public PendingGroup? Take()
    {
        lock (_gate)
        {
            if (_filling.IsEmpty)
                return null;
            (_filling, _writing) = (_writing, _filling);
            return _writing;
        }
    }

    /// <summary>The group last taken is durable.</summary>
    public void Complete()
    {
        TaskCompletionSource? durable;
        TaskCompletionSource? advanced;
        lock (_gate)
        {
            Volatile.Write(ref _durableEnd, _writing.End);
            durable = _writing.Reset();
            advanced = _advanced;
            _advanced = null;
        }

        durable?.TrySetResult();
        advanced?.TrySetResult();
        SignalRoom();
    }

    /// <summary>Lets those who wait for room look again.</summary>
    public void SignalRoom()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
    }

    /// <summary>From now on nothing is taken.</summary>
    public void Close()
    {
        TaskCompletionSource? advanced;
        lock (_gate)
        {
            _closed = true;
            advanced = _advanced;
            _advanced = null;
        }

        advanced?.TrySetResult();
        SignalRoom();
    }

    /// <summary>Ends the waits of entries that could not be written before the journal closed.</summary>
    public void Abandon()
    {
        TaskCompletionSource?[] waits;
        lock (_gate)
            waits = [_writing.Reset(), _filling.Reset()];
        foreach (var wait in waits)
            wait?.TrySetException(new ObjectDisposedException(nameof(Journal), "the journal was closed before the entries were durable"));
    }

    public void Dispose()
    {
        _turn.Dispose();
        _filling.Dispose();
        _writing.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask<JournalAppend> WaitForRoomAsync(JournalBatch batch, CancellationToken ct)
    {
        Interlocked.Increment(ref _queued);
        try
        {
            // One at a time, in order of arrival: a large batch is not passed by small ones for ever.
            await _turn.WaitAsync(ct);
            try
            {
                while (true)
                {
                    if (TryAppend(batch, out var append, out var room))
                        return append;
                    await room.WaitAsync(ct);
                }
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            if (Interlocked.Decrement(ref _queued) == 0)
                blocks.EndBudget();
        }
    }

    /// <summary>Takes and numbers the batch, or answers false and what to wait for before the next try.</summary>
    private bool TryAppend(JournalBatch batch, out JournalAppend append, out Task room)
    {
        bool overBudget;
        bool taken;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Journal));
            room = Task.CompletedTask;
            append = new JournalAppend(_next, _next + (ulong)batch.Count);
            if (batch.Count == 0)
                return true;
            var waiting = (long)_filling.Frames.Length + _writing.Frames.Length;
            var stored = segments.Bytes + waiting;
            overBudget = stored > options.MaxBytes;
            var full = waiting > 0 && waiting + batch.Bytes > options.MaxPendingBytes;
            // Decided here and not by looking at room later: it may have come before this returns.
            taken = !overBudget && !full && !blocks.Disk;
            if (taken)
            {
                _filling.Add(batch.Frames, batch.Count, _next);
                Volatile.Write(ref _next, append.End);
            }
            else
            {
                room = (_room ??= NewSignal()).Task;
            }

            if (overBudget)
                blocks.Begin(OverBudget(stored, batch.Bytes));
        }

        if (!overBudget)
            blocks.EndBudget();
        Wake();
        return taken;
    }

    private JournalBlock OverBudget(long stored, long needed) => new(
        JournalBlockReason.Budget,
        options.MaxBytes - stored,
        needed,
        $"the journal in {options.Folder} holds {stored} bytes, its budget is {options.MaxBytes}: waiting until the slowest consumer has caught up");
}
