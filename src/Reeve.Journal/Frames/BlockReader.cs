using System.Buffers;
using Reeve.Journaling.Files;

namespace Reeve.Journaling.Frames;

/// <summary>A window onto a file that moves forward in large reads. Not thread-safe.</summary>
internal sealed class BlockReader(int blockBytes) : IDisposable
{
    private IJournalFile? _file;
    private byte[] _buffer = [];
    private long _start;
    private int _filled;

    /// <summary>Turns to another file, which stays the caller's.</summary>
    public void Attach(IJournalFile file)
    {
        _file = file;
        _start = 0;
        _filled = 0;
    }

    /// <summary>
    /// The bytes from <paramref name="offset"/> on: <paramref name="count"/> of them, fewer only where
    /// <paramref name="limit"/> or the file ends. Nothing from <paramref name="limit"/> on is read, because it may still
    /// change. Valid until the next call.
    /// </summary>
    public ReadOnlyMemory<byte> Peek(long offset, int count, long limit)
    {
        count = (int)Math.Min(count, Math.Max(0, limit - offset));
        if (offset < _start || offset + count > _start + _filled)
            Fill(offset, count, limit);
        var skipped = (int)(offset - _start);
        return _buffer.AsMemory(skipped, Math.Min(count, _filled - skipped));
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _file = null;
        _filled = 0;
    }

    private void Fill(long offset, int count, long limit)
    {
        var file = _file ?? throw new InvalidOperationException("no file is attached");
        var kept = offset >= _start && offset < _start + _filled
            ? _buffer.AsSpan((int)(offset - _start), (int)(_start + _filled - offset))
            : [];
        var wanted = Math.Max(blockBytes, count);
        var keptBytes = kept.Length;
        if (_buffer.Length < wanted || _buffer.Length / 4 > wanted)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(wanted);
            kept.CopyTo(buffer);
            if (_buffer.Length > 0)
                ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = buffer;
        }
        else
        {
            kept.CopyTo(_buffer);
        }

        // Should the read fail, the window holds what it held of this place and the call can be repeated.
        _start = offset;
        _filled = keptBytes;
        var room = (int)Math.Min(wanted - keptBytes, limit - offset - keptBytes);
        _filled += file.ReadAll(offset + keptBytes, _buffer.AsSpan(keptBytes, Math.Max(0, room)));
    }
}
