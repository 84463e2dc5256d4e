using System.Security.Cryptography;
using Reeve.Journaling.Appending;
using Reeve.Journaling.Files;
using Reeve.Journaling.Frames;

namespace Reeve.Journaling.Segments;

/// <summary>The segment being written. Not thread-safe: the writer's own.</summary>
internal sealed class ActiveSegment(Segment segment, uint salt, IJournalFile file) : IDisposable
{
    private bool _unmarked;

    public Segment Segment => segment;

    /// <summary>Whether it holds durable entries.</summary>
    public bool HasEntries => segment.Length > SegmentHeader.Size;

    /// <summary>Makes an empty segment; when this returns, file and name are durable.</summary>
    public static ActiveSegment Create(IJournalFileSystem files, string folder, ulong first)
    {
        var segment = new Segment(folder, first);
        Span<byte> salt = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(salt);
        var header = new SegmentHeader(first, BitConverter.ToUInt32(salt));
        // A file of this name is left from an attempt that failed before anything in it could be acknowledged.
        files.Delete(segment.Path);
        var file = files.Open(segment.Path, FileUse.Create);
        try
        {
            file.WriteAll(0, header.ToBytes());
            file.Sync();
            files.SyncFolder(folder);
        }
        catch
        {
            file.Dispose();
            files.Delete(segment.Path);
            throw;
        }

        segment.Length = SegmentHeader.Size;
        return new ActiveSegment(segment, header.Salt, file);
    }

    /// <summary>Returns when the group is durable.</summary>
    public void Write(PendingGroup group)
    {
        var frames = group.Seal(salt);
        file.WriteAll(segment.Length, frames);
        file.Sync();
        segment.Length += frames.Length;
        _unmarked = true;
    }

    /// <summary>Frees the room that a failed write took. Fails quietly: what lies there is never read.</summary>
    public void CutBack()
    {
        try
        {
            file.SetLength(segment.Length);
        }
        catch (Exception error) when (DiskErrors.IsDisk(error))
        {
            // The next write covers it.
        }
    }

    /// <summary>
    /// Notes behind the last entry that everything is durable, so that recovery tells damage from a torn write. Not
    /// fsynced, and overwritten by the next group: it costs no room and no wait.
    /// </summary>
    public void Mark(ulong durable)
    {
        if (!_unmarked)
            return;
        _unmarked = false;
        Span<byte> mark = stackalloc byte[FrameHeader.Size];
        FrameHeader.MarkOf(durable).Write(mark, salt);
        try
        {
            file.WriteAll(segment.Length, mark);
        }
        catch (Exception error) when (DiskErrors.IsDisk(error))
        {
            // Only a note.
        }
    }

    public void Dispose() => file.Dispose();
}
