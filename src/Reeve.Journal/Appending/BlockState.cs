namespace Reeve.Journaling.Appending;

/// <summary>What appends wait for, told to the observer once when it begins and once when it ends. Thread-safe.</summary>
internal sealed class BlockState(IJournalObserver? observer)
{
    private readonly Lock _gate = new();
    private JournalBlock? _disk;
    private JournalBlock? _budget;

    public JournalBlock? Current => Volatile.Read(ref _disk) ?? Volatile.Read(ref _budget);

    public bool Disk => Volatile.Read(ref _disk) is not null;

    public bool Budget => Volatile.Read(ref _budget) is not null;

    public void Begin(JournalBlock block)
    {
        lock (_gate)
            Replace(ref block.Reason == JournalBlockReason.Budget ? ref _budget : ref _disk, block);
    }

    public void EndDisk()
    {
        if (!Disk)
            return;
        lock (_gate)
            Replace(ref _disk, null);
    }

    public void EndBudget()
    {
        if (!Budget)
            return;
        lock (_gate)
            Replace(ref _budget, null);
    }

    private void Replace(ref JournalBlock? slot, JournalBlock? block)
    {
        var before = slot;
        Volatile.Write(ref slot, block);
        if (before?.Reason == block?.Reason)
            return;
        if (before is not null)
            observer?.Unblocked(before);
        if (block is not null)
            observer?.Blocked(block);
    }
}
