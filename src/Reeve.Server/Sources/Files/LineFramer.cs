using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources.Files;

/// <summary>
/// Cuts bytes into lines. JSON that was written over several lines is one record: a line with nothing but <c>{</c> or
/// <c>[</c>, indented lines, and a line that begins with the closing bracket. Not thread-safe.
/// </summary>
/// <param name="limits">The largest line kept whole, and how much is kept of a longer one.</param>
/// <param name="scrubber">Makes the fingerprint of what is not kept.</param>
internal sealed class LineFramer(EventLimits limits, Scrubber scrubber) : IDisposable
{
    private const int ReadSize = 256 * 1024;

    private readonly RecordBuffer _buffer = new(limits, scrubber, ReadSize);
    private int _scanned;

    // Where the first line of JSON over several lines ends; 0 outside of one.
    private int _opening;
    private int _breaks;

    /// <summary>Bytes taken since the last line that was returned.</summary>
    public long Unread => _buffer.Length;

    /// <summary>Room for the next read; give the number of bytes read to <see cref="Advance"/>.</summary>
    public Memory<byte> GetMemory() => _buffer.GetMemory();

    /// <summary>Takes what was read into the memory of <see cref="GetMemory"/>.</summary>
    public void Advance(int count) => _buffer.Advance(count);

    /// <summary>Returns the next whole line; its bytes are valid until the next call of any member.</summary>
    public bool TryRead(out FramedRecord line)
    {
        while (_buffer.Held[_scanned..].IndexOf((byte)'\n') is >= 0 and var found)
        {
            var end = _scanned + found;
            if (EndOf(end) is { } record)
            {
                line = Take(record, lineBreak: 1);
                return true;
            }

            _scanned = end + 1;
        }

        if (_buffer.IsOversized)
        {
            if (_opening > 0)
            {
                // Too much for one record: then its lines are read one by one.
                line = Take(_opening, lineBreak: 1);
                return true;
            }

            _buffer.Omit();
        }

        if (_opening == 0)
            _scanned = _buffer.Held.Length;
        line = default;
        return false;
    }

    /// <summary>Returns what stands after the last line break, at the end of the content.</summary>
    public bool TryTakeRest(out FramedRecord line)
    {
        line = default;
        if (Unread == 0)
            return false;
        line = Take(_buffer.Held.Length, lineBreak: 0);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    // The end of the record that the line up to `end` completes; null while more of it has to come.
    private int? EndOf(int end)
    {
        if (_opening == 0)
        {
            if (_buffer.Omitted > 0 || !JsonLines.IsOpening(_buffer.Held[..end]))
                return end;
            _opening = end;
            return null;
        }

        switch (JsonLines.KindOf(_buffer.Held[_scanned..end]))
        {
            case JsonLineKind.Inner:
                _breaks++;
                return null;
            case JsonLineKind.Closing:
                _breaks++;
                return end;
            default:
                // It was a line of its own after all.
                _breaks = 0;
                return _opening;
        }
    }

    private FramedRecord Take(int end, int lineBreak)
    {
        var breaks = end == _opening ? 0 : _breaks;
        (_scanned, _opening, _breaks) = (0, 0, 0);
        return _buffer.Take(end, lineBreak) with { Breaks = breaks };
    }
}
