using System.Runtime.InteropServices;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources.Files;

/// <summary>
/// Cuts bytes into lines. Holds one line at most: of a line longer than the limit it keeps the beginning, and counts
/// and fingerprints the rest, so that a file without line breaks takes no more memory than the limit. Not thread-safe.
/// </summary>
/// <param name="limits">The largest line kept whole, and how much is kept of a longer one.</param>
/// <param name="scrubber">Makes the fingerprint of what is not kept.</param>
internal sealed class LineFramer(EventLimits limits, Scrubber scrubber) : IDisposable
{
    private const int ReadSize = 256 * 1024;

    private byte[] _buffer = new byte[ReadSize];
    private int _start;
    private int _scanned;
    private int _end;
    private TailHash? _tail;

    /// <summary>Bytes taken since the last line that was returned.</summary>
    public long Unread => _end - _start + (_tail?.Bytes ?? 0);

    /// <summary>Room for the next read; give the number of bytes read to <see cref="Advance"/>.</summary>
    public Memory<byte> GetMemory()
    {
        if (_buffer.Length - _end < ReadSize / 2)
            MakeRoom();
        return _buffer.AsMemory(_end);
    }

    /// <summary>Takes what was read into the memory of <see cref="GetMemory"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Returns the next whole line; its bytes are valid until the next call of any member.</summary>
    public bool TryRead(out FramedLine line)
    {
        var found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
        if (found >= 0)
        {
            line = Take(_scanned + found, lineBreak: 1);
            return true;
        }

        _scanned = _end;
        if (_end - _start > limits.Event)
            Omit();
        line = default;
        return false;
    }

    /// <summary>Returns what stands after the last line break, at the end of the content.</summary>
    public bool TryTakeRest(out FramedLine line)
    {
        line = default;
        if (Unread == 0)
            return false;
        line = Take(_end, lineBreak: 0);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => EndTail();

    private FramedLine Take(int lineEnd, int lineBreak)
    {
        var length = lineEnd - _start + lineBreak + (_tail?.Bytes ?? 0);
        var kept = lineEnd - _start;
        RecordTail tail = default;
        if (_tail is not null)
        {
            kept = limits.Kept;
            _tail.Append(_buffer.AsSpan(_start + kept, lineEnd - _start - kept));
            tail = _tail.Finish();
            EndTail();
        }

        var line = new FramedLine(_buffer.AsMemory(_start, kept), tail, length);
        _start = _scanned = Math.Min(lineEnd + lineBreak, _end);
        return line;
    }

    // Past the limit only the beginning stays in the buffer; every later byte up to the line break is hashed and gone.
    private void Omit()
    {
        var keep = _start + limits.Kept;
        _tail ??= scrubber.BeginTail();
        _tail.Append(_buffer.AsSpan(keep, _end - keep));
        _scanned = _end = keep;
    }

    private void EndTail()
    {
        _tail?.Dispose();
        _tail = null;
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, length).CopyTo(_buffer);
            (_scanned, _end, _start) = (_scanned - _start, length, 0);
        }

        if (_buffer.Length - _end < ReadSize / 2)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _end + ReadSize));
    }
}

/// <summary>A line, or the beginning of one that is too long.</summary>
/// <param name="Bytes">The line without its line break.</param>
/// <param name="Tail">What of the line is not in <paramref name="Bytes"/>.</param>
/// <param name="Length">How far it reaches in the content, with its line break, in bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FramedLine(ReadOnlyMemory<byte> Bytes, RecordTail Tail, long Length);
