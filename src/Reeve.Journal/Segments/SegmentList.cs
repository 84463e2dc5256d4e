using Reeve.Journaling.Files;

namespace Reeve.Journaling.Segments;

/// <summary>The segments present, oldest first. Thread-safe.</summary>
internal sealed class SegmentList(IJournalFileSystem files, string folder, IEnumerable<Segment> found)
{
    private readonly Lock _gate = new();
    private Segment[] _segments = Ordered(found);

    /// <summary>A snapshot.</summary>
    public IReadOnlyList<Segment> Snapshot => Volatile.Read(ref _segments);

    /// <summary>Bytes of all segments.</summary>
    public long Bytes
    {
        get
        {
            var bytes = 0L;
            foreach (var segment in Volatile.Read(ref _segments))
                bytes += segment.Length;
            return bytes;
        }
    }

    /// <summary>The segment that holds a sequence, or the oldest where that was deleted; null where there is none at all.</summary>
    public Segment? Locate(ulong sequence)
    {
        var segments = Snapshot;
        for (var index = segments.Count - 1; index >= 0; index--)
        {
            if (segments[index].First <= sequence)
                return segments[index];
        }

        return segments.Count > 0 ? segments[0] : null;
    }

    /// <summary>Adds a new last segment, which ends the one before.</summary>
    public void Add(Segment segment)
    {
        lock (_gate)
        {
            if (_segments.Length > 0)
                _segments[^1].End = segment.First;
            Volatile.Write(ref _segments, [.. _segments, segment]);
        }
    }

    /// <summary>Takes a segment out that never held a durable entry.</summary>
    public void Remove(Segment segment)
    {
        lock (_gate)
            Volatile.Write(ref _segments, [.. _segments.Where(other => other != segment)]);
    }

    /// <summary>
    /// Deletes every segment, but never the last, whose entries are all below <paramref name="sequence"/>; says whether
    /// there was any. After a crash some may be back; they are deleted at the next call.
    /// </summary>
    public bool DeleteBelow(ulong sequence)
    {
        lock (_gate)
        {
            var any = false;
            while (_segments.Length > 1 && _segments[0].End <= sequence)
            {
                files.Delete(_segments[0].Path);
                Volatile.Write(ref _segments, _segments[1..]);
                any = true;
            }

            if (any)
                files.SyncFolder(folder);
            return any;
        }
    }

    private static Segment[] Ordered(IEnumerable<Segment> found)
    {
        var segments = found.OrderBy(segment => segment.First).ToArray();
        for (var index = 1; index < segments.Length; index++)
            segments[index - 1].End = segments[index].First;
        return segments;
    }
}
