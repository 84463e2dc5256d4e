using System.Runtime.InteropServices;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources;

/// <summary>
/// Holds what was read while a framer looks for the end of a record. Of a record longer than the limit the beginning
/// stays, the rest is counted and fingerprinted, so that a record without an end takes no more memory than the limit.
/// Not thread-safe.
/// </summary>
/// <param name="limits">The largest record kept whole, and how much is kept of a longer one.</param>
/// <param name="scrubber">Makes the fingerprint of what is not kept.</param>
/// <param name="readSize">The size of the buffer where records are short; half of it is the least room for a read.</param>
/// <param name="allowance">What all buffers of a source may take together for long records; null for no bound.</param>
internal sealed class RecordBuffer(EventLimits limits, Scrubber scrubber, int readSize, MemoryAllowance? allowance = null) : IDisposable
{
    // Up to here a buffer needs no leave: below it the beginning of a long record could not be kept.
    private readonly int _free = (2 * limits.Kept) + readSize;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private TailHash? _tail;
    private int _taken;

    /// <summary>What was read and not taken, from the beginning of a record on, without what was omitted of it.</summary>
    public ReadOnlySpan<byte> Held => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Bytes read and not taken, those omitted too.</summary>
    public long Length => _end - _start + Omitted;

    /// <summary>Bytes of the record at the beginning that were not kept.</summary>
    public long Omitted => _tail?.Bytes ?? 0;

    /// <summary>Whether more is held than the largest record kept whole.</summary>
    public bool IsOversized => _end - _start > limits.Event;

    /// <summary>
    /// Room for the next read; give the number of bytes read to <see cref="Advance"/>. What is held is one record that
    /// has not ended; where there is no memory for all of it, its beginning stays.
    /// </summary>
    public Memory<byte> GetMemory()
    {
        if (_buffer.Length - _end < readSize / 2)
            MakeRoom();
        return _buffer.AsMemory(_end);
    }

    /// <summary>Takes what was read into the memory of <see cref="GetMemory"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Passes over bytes that belong to no record.</summary>
    public void Skip(int count) => _start += count;

    /// <summary>Omits all but the beginning of what is held; all of it belongs to one record that has not ended.</summary>
    public void Omit()
    {
        var keep = _start + limits.Kept;
        _tail ??= scrubber.BeginTail();
        _tail.Append(_buffer.AsSpan(keep, _end - keep));
        _end = keep;
    }

    /// <summary>Takes a record; its bytes are valid until the next call of <see cref="GetMemory"/>.</summary>
    /// <param name="end">Where in <see cref="Held"/> it ends.</param>
    /// <param name="separator">Bytes behind it that belong to no record.</param>
    /// <param name="longest">The longest that is kept whole where all of it is here.</param>
    public FramedRecord Take(int end, int separator, int longest = int.MaxValue)
    {
        var length = end + separator + Omitted;
        var kept = end;
        RecordTail tail = default;
        if (_tail is not null || end > longest)
        {
            kept = limits.Kept;
            _tail ??= scrubber.BeginTail();
            _tail.Append(_buffer.AsSpan(_start + kept, end - kept));
            tail = _tail.Finish();
            EndTail();
        }

        var record = new FramedRecord(_buffer.AsMemory(_start, kept), tail, length);
        _start += end + separator;
        return record;
    }

    /// <summary>Gives the memory back; nothing may be held.</summary>
    public void Release()
    {
        _buffer = [];
        (_start, _end) = (0, 0);
        GiveBack();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndTail();
        GiveBack();
    }

    private void GiveBack()
    {
        allowance?.Give(_taken);
        _taken = 0;
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
            Held.CopyTo(_buffer);
            (_start, _end) = (0, length);
        }

        if (_taken > 0 && length < _free / 2)
        {
            // The long record is through: others may need the memory.
            Array.Resize(ref _buffer, _free);
            GiveBack();
        }

        if (_buffer.Length - _end < readSize / 2)
            Grow();
    }

    private void Grow()
    {
        var size = Math.Max(_buffer.Length * 2, readSize);
        if (allowance is not null && size > _free)
        {
            if (!allowance.TryTake(size - _buffer.Length))
            {
                Omit();
                return;
            }

            _taken += size - _buffer.Length;
        }

        Array.Resize(ref _buffer, size);
    }
}

/// <summary>A record, or the beginning of one that is too long.</summary>
/// <param name="Bytes">The record without its separator.</param>
/// <param name="Tail">What of the record is not in <paramref name="Bytes"/>.</param>
/// <param name="Length">How far it reaches in what was read, with its separator, in bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FramedRecord(ReadOnlyMemory<byte> Bytes, RecordTail Tail, long Length)
{
    /// <summary>Line breaks within it.</summary>
    public long Breaks { get; init; }
}
