using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources.Files;

/// <summary>Cuts bytes into lines. Not thread-safe.</summary>
/// <param name="limits">The largest line kept whole, and how much is kept of a longer one.</param>
/// <param name="scrubber">Makes the fingerprint of what is not kept.</param>
internal sealed class LineFramer(EventLimits limits, Scrubber scrubber) : IDisposable
{
    private const int ReadSize = 256 * 1024;

    private readonly RecordBuffer _buffer = new(limits, scrubber, ReadSize);
    private int _scanned;

    /// <summary>Bytes taken since the last line that was returned.</summary>
    public long Unread => _buffer.Length;

    /// <summary>Room for the next read; give the number of bytes read to <see cref="Advance"/>.</summary>
    public Memory<byte> GetMemory() => _buffer.GetMemory();

    /// <summary>Takes what was read into the memory of <see cref="GetMemory"/>.</summary>
    public void Advance(int count) => _buffer.Advance(count);

    /// <summary>Returns the next whole line; its bytes are valid until the next call of any member.</summary>
    public bool TryRead(out FramedRecord line)
    {
        var found = _buffer.Held[_scanned..].IndexOf((byte)'\n');
        if (found >= 0)
        {
            line = Take(_scanned + found, lineBreak: 1);
            return true;
        }

        if (_buffer.IsOversized)
            _buffer.Omit();
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

    private FramedRecord Take(int end, int lineBreak)
    {
        _scanned = 0;
        return _buffer.Take(end, lineBreak);
    }
}
