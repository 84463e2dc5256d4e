using Reeve.Journaling.Cursors;
using Reeve.Journaling.Files;
using Reeve.Journaling.Frames;
using Reeve.Journaling.Segments;

namespace Reeve.Journaling;

/// <summary>What a folder held after a crash, made ready to go on.</summary>
internal sealed record JournalRecovery(SegmentList Segments, CursorList Cursors, ActiveSegment? Active, ulong Next)
{
    /// <summary>
    /// Reads names, cursors and the last segment; older segments are checked as they are read. When this returns,
    /// everything below <see cref="Next"/> is durable or known to be lost, and no number below it will be given again.
    /// </summary>
    public static JournalRecovery Run(JournalOptions options, IJournalFileSystem files, DamageLedger damage, IJournalObserver? observer)
    {
        files.SyncFolder(options.Folder);
        var segments = FindSegments(options.Folder, files);
        ActiveSegment? active = null;
        var next = 1ul;
        while (segments.Count > 0)
        {
            var last = segments[^1];
            var file = files.Open(last.Path, FileUse.Write);
            if (SegmentHeader.Read(file, last.First, last.Path) is { } header)
            {
                (active, next) = Cut(file, last, header, options, damage);
                break;
            }

            file.Dispose();
            if (last.Length > SegmentHeader.Size)
            {
                next = PassOver(last, damage);
                break;
            }

            // A crash while it was made: entries are written only behind a durable header.
            files.Delete(last.Path);
            files.SyncFolder(options.Folder);
            segments.RemoveAt(segments.Count - 1);
        }

        var list = new SegmentList(files, options.Folder, segments);
        var cursors = CursorList.Load(files, options.Folder, segments.Count > 0 ? segments[0].First : next, observer);
        return new JournalRecovery(list, cursors, active, Math.Max(next, cursors.Highest));
    }

    private static List<Segment> FindSegments(string folder, IJournalFileSystem files)
    {
        var segments = new List<Segment>();
        foreach (var first in files.List(folder).Select(Segment.FirstOf).OfType<ulong>().Order())
        {
            var segment = new Segment(folder, first);
            using var file = files.Open(segment.Path, FileUse.Read);
            segment.Length = file.Length;
            segments.Add(segment);
        }

        return segments;
    }

    private static (ActiveSegment Active, ulong Next) Cut(
        IJournalFile file, Segment segment, SegmentHeader header, JournalOptions options, DamageLedger damage)
    {
        var scan = TailScan.Of(file, segment.Path, header, options.ReadBlockBytes);
        foreach (var region in scan.Damage)
            damage.Report(region);
        if (scan.Length != file.Length)
            file.SetLength(scan.Length);
        // What was read may be in the page cache only, and after a failed fsync even be called clean there. It is written
        // again, so that this fsync means it: nobody may see an entry that can still vanish.
        file.WriteAgain(scan.Unconfirmed, scan.Length);
        file.Sync();
        segment.Length = scan.Length;
        return (new ActiveSegment(segment, header.Salt, file), scan.End);
    }

    /// <summary>Neither header of the last segment can be read: passes over more numbers than it can have held.</summary>
    private static ulong PassOver(Segment segment, DamageLedger damage)
    {
        var next = segment.First + (ulong)(segment.Length / FrameHeader.Size);
        damage.Report(new JournalDamage(segment.Path, 0, segment.Length, new JournalRange(segment.First, next)));
        return next;
    }
}
