using Reeve.Journaling.Cursors;

namespace Reeve.Journaling;

/// <summary>
/// How far a consumer got, kept through crashes. As long as it exists no entry from <see cref="Position"/> on is deleted.
/// Thread-safe; one save at a time.
/// </summary>
public sealed class JournalCursor
{
    private readonly Lock _gate = new();
    private readonly CursorFile _file;
    private CursorSlot _slot;
    private Journal? _journal;
    private bool _closed;

    internal JournalCursor(string consumer, CursorFile file, ulong start)
    {
        Consumer = consumer;
        _file = file;
        _slot = file.Current ?? new CursorSlot(0, start, default);
    }

    /// <summary>The consumer's name.</summary>
    public string Consumer { get; }

    /// <summary>The next sequence to consume.</summary>
    public ulong Position
    {
        get
        {
            lock (_gate)
                return _slot.Position;
        }
    }

    /// <summary>The bounds noted by <see cref="SavePending"/> and not yet cleared by <see cref="Save"/>.</summary>
    public JournalRange? Pending
    {
        get
        {
            lock (_gate)
                return _slot.Pending.End > 0 ? _slot.Pending : null;
        }
    }

    /// <summary>The lowest sequence this consumer may read again.</summary>
    internal ulong Needed => Pending is { } pending ? Math.Min(pending.First, Position) : Position;

    /// <summary>The sequence after the highest this consumer has named.</summary>
    internal ulong Named => Math.Max(Position, Pending?.End ?? 0);

    /// <summary>
    /// Everything below <paramref name="position"/> is consumed; clears <see cref="Pending"/> and deletes the segments no
    /// consumer needs. Returns when that is durable. When it throws <see cref="IOException"/>, the cursor stands where it
    /// stood, after a crash perhaps at the new place; it can be called again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Entries below the position are not durable yet.</exception>
    public void Save(ulong position)
    {
        Write(position, default);
        _journal?.DeleteConsumed();
    }

    /// <summary>
    /// Notes durably, before it is sent, the bounds of a batch, so that after a crash the identical batch is sent again.
    /// The bounds may begin before <see cref="Position"/>; what that says is the consumer's affair. Errors as for <see cref="Save"/>.
    /// </summary>
    public void SavePending(ulong first, ulong end)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, end);
        Write(null, new JournalRange(first, end));
    }

    internal void Attach(Journal journal) => _journal = journal;

    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _file.Dispose();
        }
    }

    private void Write(ulong? position, JournalRange pending)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var durable = _journal?.DurableEnd ?? ulong.MaxValue;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(position ?? 0, pending.End), durable, nameof(position));
            _file.Save(position ?? _slot.Position, pending);
            _slot = _file.Current!.Value;
        }
    }
}
