using Reeve.Journaling.Files;
using Reeve.Journaling.Frames;
using Reeve.Journaling.Segments;

namespace Reeve.Journaling;

/// <summary>
/// Reads durable entries in order, from any sequence. Readers are independent of each other and of appends. What is damaged
/// is passed over and counted in <see cref="Journal.Status"/>; an entry that is answered is the one that was appended.
/// Not thread-safe.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private readonly Journal _journal;
    private readonly SegmentList _segments;
    private readonly IJournalFileSystem _files;
    private readonly DamageLedger _damage;
    private readonly FrameScanner _scanner;
    private Segment? _segment;
    private IJournalFile? _file;

    internal JournalReader(Journal journal, SegmentList segments, IJournalFileSystem files, DamageLedger damage, int blockBytes, ulong from)
    {
        (_journal, _segments, _files, _damage) = (journal, segments, files, damage);
        _scanner = new FrameScanner(blockBytes);
        Position = Math.Max(1, from);
    }

    /// <summary>The sequence read next.</summary>
    public ulong Position { get; private set; }

    /// <summary>How many entries were already deleted when the reader wanted them; it went on at the oldest present.</summary>
    public ulong Deleted { get; private set; }

    /// <summary>The next durable entry; false where there is none yet. The payload is valid until the next call.</summary>
    /// <exception cref="IOException">The disk failed; nothing is passed over and the call can be repeated.</exception>
    public bool TryRead(out JournalEntry entry)
    {
        entry = default;
        while (Position < _journal.DurableEnd)
        {
            var durableEnd = _journal.DurableEnd;
            if (_segment is null && !Open(durableEnd))
                continue;
            var end = Math.Min(_segment!.End, durableEnd);
            switch (_scanner.Next(_segment.Length, end))
            {
                case FrameStep.Entry when _scanner.Header.Sequence >= Position:
                    Position = _scanner.Expected;
                    entry = new JournalEntry(_scanner.Header.Sequence, _scanner.Payload);
                    return true;
                case FrameStep.Damage:
                    Report(_scanner.DamageOffset, _scanner.Offset - _scanner.DamageOffset, _scanner.Missing);
                    break;
                case FrameStep.End:
                    Ended(end);
                    break;
            }
        }

        return false;
    }

    /// <summary>Waits for a durable entry; false when the journal is closed and there will be none.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken ct = default) => _journal.WaitForEntryAsync(Position, ct);

    /// <summary>Closes the segment and gives the memory back.</summary>
    public void Dispose()
    {
        Close();
        _scanner.Dispose();
    }

    private bool Open(ulong durableEnd)
    {
        var segment = _segments.Locate(Position);
        if (segment is null || segment.First > Position)
        {
            var oldest = Math.Min(segment?.First ?? durableEnd, durableEnd);
            Deleted += oldest - Position;
            Position = oldest;
            return false;
        }

        Close();
        try
        {
            _file = _files.Open(segment.Path, FileUse.Read);
        }
        catch (FileNotFoundException)
        {
            if (_segments.Locate(Position) == segment)
                Lost(segment, 0, durableEnd);
            return false;
        }

        if (SegmentHeader.Read(_file, segment.First, segment.Path) is not { } header)
        {
            Lost(segment, segment.Length, durableEnd);
            Close();
            return false;
        }

        _segment = segment;
        _scanner.Start(_file, header.Salt, segment.First, SegmentHeader.Size);
        return true;
    }

    /// <summary>A whole segment cannot be read.</summary>
    private void Lost(Segment segment, long bytes, ulong durableEnd)
    {
        var end = Math.Min(segment.End, durableEnd);
        _damage.Report(new JournalDamage(segment.Path, 0, bytes, new JournalRange(segment.First, end)));
        Position = Math.Max(Position, end);
    }

    private void Report(long offset, long bytes, JournalRange missing)
    {
        _damage.Report(new JournalDamage(_segment!.Path, offset, bytes, missing));
        Position = Math.Max(Position, missing.End);
    }

    /// <summary>The segment has no more; what it should have had up to <paramref name="end"/> is lost.</summary>
    private void Ended(ulong end)
    {
        if (_scanner.Expected < end)
            Report(_scanner.Offset, 0, new JournalRange(_scanner.Expected, end));
        _scanner.SkipTo(end);
        Position = Math.Max(Position, end);
        if (_segment!.End <= end)
            Close();
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
        _segment = null;
    }
}
