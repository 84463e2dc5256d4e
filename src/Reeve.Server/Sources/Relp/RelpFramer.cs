using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources.Relp;

/// <summary>Cuts the bytes of a connection into RELP frames. Holds one frame at most. Not thread-safe.</summary>
/// <param name="limits">The largest data kept whole, and how much is kept of longer ones.</param>
/// <param name="scrubber">Makes the fingerprint of what is not kept.</param>
/// <param name="allowance">What all connections may hold together of long frames; null for no bound.</param>
internal sealed class RelpFramer(EventLimits limits, Scrubber scrubber, MemoryAllowance? allowance = null) : IDisposable
{
    private const int ReadSize = 64 * 1024;

    // Up to this length the end of a frame that is too long is waited for; a larger one is taken for a mistake.
    private const int BelievedOverLimit = 4;

    private readonly RecordBuffer _buffer = new(limits, scrubber, ReadSize, allowance);
    private RelpHeader? _header;
    private RelpFault _fault;
    private bool _hasBegun;

    /// <summary>Whether no frame has begun that has not ended.</summary>
    public bool IsEmpty => _buffer.Length == 0 && _header is null;

    /// <summary>
    /// Room for the next read, to be asked for when <see cref="TryRead"/> has no more; give the number of bytes read to
    /// <see cref="Advance"/>.
    /// </summary>
    public Memory<byte> GetMemory() => _buffer.GetMemory();

    /// <summary>Takes what was read into the memory of <see cref="GetMemory"/>.</summary>
    public void Advance(int count) => _buffer.Advance(count);

    /// <summary>Gives the memory back until more is read; only where <see cref="IsEmpty"/>.</summary>
    public void Release() => _buffer.Release();

    /// <summary>Returns the next frame; its data is valid until more is read. Nothing can be read behind one with a fault.</summary>
    public bool TryRead(out RelpFrame frame)
    {
        frame = default;
        if (_header is null && _fault == RelpFault.None && !TryBegin())
            return false;
        if (_fault == RelpFault.None && !TryEnd(out frame))
            return false;
        if (_fault != RelpFault.None)
            frame = new(0, RelpCommand.Other, default, default, _fault);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private bool TryBegin()
    {
        var held = _buffer.Held;
        // No header begins with this byte, and every TLS record of a handshake does (RFC 8446 §5.1).
        if (!_hasBegun && held is [0x16, ..])
        {
            _fault = RelpFault.Tls;
            return true;
        }

        if (RelpHeader.TryRead(held, out var header) is not { } isHeader)
            return false;
        _hasBegun = true;
        if (!isHeader)
            _fault = RelpFault.Foreign;
        else if (header.Length > (long)limits.Event * BelievedOverLimit)
            _fault = RelpFault.Length;
        else
            _header = header;
        _buffer.Skip(header.Size);
        return true;
    }

    private bool TryEnd(out RelpFrame frame)
    {
        frame = default;
        var header = _header!.Value;
        if (_buffer.Length <= header.Length)
        {
            if (_buffer.IsOversized)
                _buffer.Omit();
            return false;
        }

        var end = (int)(header.Length - _buffer.Omitted);
        if (_buffer.Held[end] != '\n')
        {
            _fault = RelpFault.Foreign;
            return true;
        }

        // What is kept of a long one must not depend on how it arrived: sent again, it is to be the same.
        var record = _buffer.Take(end, separator: 1, limits.Event);
        frame = new(header.Transaction, header.Command, record.Bytes, record.Tail);
        _header = null;
        return true;
    }
}
