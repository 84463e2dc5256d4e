using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources.Syslog;

/// <summary>
/// Cuts the bytes of a connection into syslog frames, each counted or ended by a line break (RFC 6587), in any mixture.
/// What is no frame at all becomes one up to the next line break: nothing is dropped but line breaks, spaces and zeros
/// between frames. Holds one frame at most. Not thread-safe.
/// </summary>
/// <param name="limits">The largest frame kept whole, and how much is kept of a longer one.</param>
/// <param name="scrubber">Makes the fingerprint of what is not kept.</param>
/// <param name="allowance">What all connections may hold together of long frames; null for no bound.</param>
internal sealed class SyslogFramer(EventLimits limits, Scrubber scrubber, MemoryAllowance? allowance = null) : IDisposable
{
    private const int ReadSize = 64 * 1024;

    // Up to this count the end of a frame that is too long is found by counting; a larger count is taken for a mistake.
    private const int BelievedOverLimit = 4;

    private readonly RecordBuffer _buffer = new(limits, scrubber, ReadSize, allowance);
    private SyslogFraming _framing;
    private SyslogFault _fault;
    private long _length;
    private int _scanned;
    private bool _hasBegun;

    /// <summary>Whether no frame has begun that has not ended.</summary>
    public bool IsEmpty => _buffer.Length == 0 && _framing == SyslogFraming.Unknown;

    /// <summary>
    /// Room for the next read, to be asked for when <see cref="TryRead"/> has no more; give the number of bytes read to
    /// <see cref="Advance"/>.
    /// </summary>
    public Memory<byte> GetMemory()
    {
        var memory = _buffer.GetMemory();
        _scanned = Math.Min(_scanned, _buffer.Held.Length);
        return memory;
    }

    /// <summary>Takes what was read into the memory of <see cref="GetMemory"/>.</summary>
    public void Advance(int count) => _buffer.Advance(count);

    /// <summary>Gives the memory back until more is read; only where <see cref="IsEmpty"/>.</summary>
    public void Release() => _buffer.Release();

    /// <summary>
    /// Returns the next frame; its bytes are valid until more is read. Behind one that is compressed or TLS nothing can
    /// be read any more.
    /// </summary>
    public bool TryRead(out SyslogFrame frame)
    {
        frame = default;
        if (_framing == SyslogFraming.Unknown && !TryBegin())
            return false;
        if (_framing == SyslogFraming.Foreign)
            frame = new(default, default, Fault: _fault);
        else if (FindEnd(out var end, out var separator))
            frame = End(end, separator, isPartial: false);
        else
            return false;
        return true;
    }

    /// <summary>Returns what is left when the connection has ended.</summary>
    public bool TryTakeRest(out SyslogFrame frame)
    {
        frame = default;
        if (IsEmpty || _framing == SyslogFraming.Foreign || _buffer.Length == 0)
            return false;
        frame = End(_buffer.Held.Length, separator: 0, isPartial: true);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private bool TryBegin()
    {
        var held = _buffer.Held;
        var between = held.IndexOfAnyExcept("\n\r \0"u8);
        _buffer.Skip(between < 0 ? held.Length : between);
        if (between < 0)
            return false;
        var beginning = SyslogBeginning.Of(_buffer.Held, (long)limits.Event * BelievedOverLimit, isFirst: !_hasBegun);
        if (beginning.Framing == SyslogFraming.Unknown)
            return false;
        _hasBegun = true;
        (_framing, _length, _fault) = (beginning.Framing, beginning.Length, beginning.Fault);
        _buffer.Skip(beginning.Prefix);
        return true;
    }

    private bool FindEnd(out int end, out int separator)
    {
        (end, separator) = (0, 0);
        if (_framing == SyslogFraming.Counted && _buffer.Length >= _length)
        {
            end = (int)(_length - _buffer.Omitted);
            return true;
        }

        if (_framing == SyslogFraming.Line && _buffer.Held[_scanned..].IndexOf((byte)'\n') is >= 0 and var found)
        {
            (end, separator) = (_scanned + found, 1);
            return true;
        }

        if (_buffer.IsOversized)
            _buffer.Omit();
        _scanned = _buffer.Held.Length;
        return false;
    }

    private SyslogFrame End(int end, int separator, bool isPartial)
    {
        // What is kept of a long one must not depend on how it arrived: sent again, it is to be the same.
        var record = _buffer.Take(end, separator, limits.Event);
        var frame = new SyslogFrame(record.Bytes, record.Tail, isPartial, _fault);
        (_framing, _fault, _length, _scanned) = (SyslogFraming.Unknown, SyslogFault.None, 0, 0);
        return frame;
    }
}
