using Reeve.Journaling.Files;

namespace Reeve.Journaling.Cursors;

/// <summary>
/// A cursor's file: two slots in two disk blocks, written in turn, so that a torn write leaves the one before. Its room is
/// taken when it is made: saving works on a full disk. Not thread-safe.
/// </summary>
internal sealed class CursorFile : IDisposable
{
    /// <summary>How a cursor's file name ends.</summary>
    public const string Extension = ".cursor";

    private const string NewExtension = ".cursor-new";
    private const int SlotDistance = 4096;

    private readonly IJournalFile _file;
    private int _slot;

    private CursorFile(IJournalFile file, CursorSlot? current, int slot)
    {
        _file = file;
        _slot = slot;
        Current = current;
    }

    /// <summary>The last durable slot; null where none could be read.</summary>
    public CursorSlot? Current { get; private set; }

    /// <summary>Makes the file; it is there whole or not at all.</summary>
    public static CursorFile Create(IJournalFileSystem files, string folder, string consumer, ulong position)
    {
        var beginning = Path.Combine(folder, consumer + NewExtension);
        var path = Path.Combine(folder, consumer + Extension);
        files.Delete(beginning);
        var slot = new CursorSlot(1, position, default);
        using (var file = files.Open(beginning, FileUse.Create))
        {
            var bytes = new byte[2 * SlotDistance];
            slot.Write(bytes);
            file.WriteAll(0, bytes);
            file.Sync();
        }

        files.Rename(beginning, path);
        files.SyncFolder(folder);
        return new CursorFile(files.Open(path, FileUse.Write), slot, 0);
    }

    /// <summary>Opens the file and takes the newest slot that validates.</summary>
    public static CursorFile Open(IJournalFileSystem files, string folder, string consumer)
    {
        var file = files.Open(Path.Combine(folder, consumer + Extension), FileUse.Write);
        var slots = new CursorSlot?[2];
        Span<byte> bytes = stackalloc byte[CursorSlot.Size];
        for (var index = 0; index < slots.Length; index++)
        {
            var read = file.ReadAll(index * SlotDistance, bytes);
            slots[index] = CursorSlot.Read(bytes[..read]);
        }

        var newest = (slots[1]?.Counter ?? 0) > (slots[0]?.Counter ?? 0) ? 1 : 0;
        // The slot may be in the page cache only; the next save gives up the other one, so that this one must be durable.
        file.WriteAgain(newest * SlotDistance, (newest + 1) * SlotDistance);
        file.Sync();
        return new CursorFile(file, slots[newest], newest);
    }

    /// <summary>
    /// Returns when the new place is durable. When it throws, the cursor is after a crash either where it was or at the
    /// new place, and saving can be tried again.
    /// </summary>
    public void Save(ulong position, JournalRange pending)
    {
        // The slot that is known to be good is never touched; after a failure the same other one is tried again.
        var other = 1 - _slot;
        var slot = new CursorSlot((Current?.Counter ?? 0) + 1, position, pending);
        Span<byte> bytes = stackalloc byte[CursorSlot.Size];
        slot.Write(bytes);
        _file.WriteAll(other * SlotDistance, bytes);
        _file.Sync();
        _slot = other;
        Current = slot;
    }

    public void Dispose() => _file.Dispose();
}
