using System.Runtime.InteropServices;
using Reeve.Journaling.Files;
using Reeve.Journaling.Frames;

namespace Reeve.Journaling.Segments;

/// <summary>
/// Finds where the last segment ends. Entries that a later frame or mark calls durable are kept whatever is broken between
/// them. Of the last, unconfirmed group the whole batches before the first break are kept; the rest was never acknowledged.
/// </summary>
internal sealed class TailScan : IDisposable
{
    private readonly FrameScanner _scanner;
    private readonly Queue<Break> _breaks = new();
    private readonly List<JournalDamage> _damage = [];
    private readonly string _path;
    private ulong _durable;
    private long _good = SegmentHeader.Size;
    private (long Offset, ulong End) _whole;

    private TailScan(string path, SegmentHeader header, int blockBytes)
    {
        _path = path;
        _scanner = new FrameScanner(blockBytes);
        _durable = header.First;
        _whole = (SegmentHeader.Size, header.First);
    }

    /// <summary>Bytes of the segment that count.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes from here on were perhaps never fsynced; 0 where even the header is in doubt.</summary>
    public long Unconfirmed { get; private set; }

    /// <summary>The sequence after the last entry that is kept or known to be lost.</summary>
    public ulong End { get; private set; }

    /// <summary>What is broken among the entries that were durable.</summary>
    public IEnumerable<JournalDamage> Damage => _damage.Where(damage => damage.Missing.First < _durable);

    /// <summary>Reads the whole segment.</summary>
    public static TailScan Of(IJournalFile file, string path, SegmentHeader header, int blockBytes)
    {
        using var scan = new TailScan(path, header, blockBytes);
        scan._scanner.Start(file, header.Salt, header.First, SegmentHeader.Size);
        scan.Run(file.Length);
        return scan;
    }

    public void Dispose() => _scanner.Dispose();

    private void Run(long length)
    {
        // Numbers may jump (a cursor named more than survived), so that none is too high to be true.
        for (var step = _scanner.Next(length, ulong.MaxValue); step != FrameStep.End; step = _scanner.Next(length, ulong.MaxValue))
        {
            if (step == FrameStep.Damage)
                Broken();
            else
                Confirmed(step);
        }

        // A batch whose rest is missing without a trace: the file ends here.
        if (_whole.End < _scanner.Expected)
            _breaks.Enqueue(new Break(_scanner.Expected, _scanner.Expected + 1, _good, _whole));
        Conclude();
    }

    private void Broken()
    {
        _breaks.Enqueue(new Break(_scanner.Missing.First, _scanner.Missing.End, _good, _whole));
        _damage.Add(new JournalDamage(_path, _scanner.DamageOffset, _scanner.Offset - _scanner.DamageOffset, _scanner.Missing));
    }

    private void Confirmed(FrameStep step)
    {
        if (_scanner.Header.Durable > _durable)
        {
            _durable = _scanner.Header.Durable;
            Unconfirmed = _good;
            if (_durable > _whole.End)
                _whole = (_good, _durable);
            while (_breaks.TryPeek(out var earliest) && earliest.End <= _durable)
                _breaks.Dequeue();
        }

        if (step != FrameStep.Entry)
            return;
        _good = _scanner.Offset;
        if (_scanner.Header.EndsBatch)
            _whole = (_good, _scanner.Expected);
    }

    private void Conclude()
    {
        while (_breaks.TryPeek(out var earliest) && earliest.End <= _durable)
            _breaks.Dequeue();
        if (!_breaks.TryPeek(out var torn))
            (Length, End) = (_good, Math.Max(_scanner.Expected, _durable));
        else if (torn.First <= _durable)
            (Length, End) = (torn.Good, _durable);
        else
            (Length, End) = (torn.Whole.Offset, Math.Max(torn.Whole.End, _durable));
    }

    /// <summary>Sequences that are missing, with the last good offset and the last whole batch before them.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Break(ulong First, ulong End, long Good, (long Offset, ulong End) Whole);
}
