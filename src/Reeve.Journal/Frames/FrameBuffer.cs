using System.Buffers;

namespace Reeve.Journaling.Frames;

/// <summary>A pooled, growing run of frames. Not thread-safe.</summary>
internal sealed class FrameBuffer : IDisposable
{
    private const int Smallest = 4 << 10;

    // What an idle journal may keep of a burst.
    private const int Kept = 1 << 20;

    private byte[] _bytes = [];

    /// <summary>Bytes used.</summary>
    public int Length { get; private set; }

    /// <summary>The frames.</summary>
    public Span<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Free memory of at least <paramref name="count"/> bytes behind the end, not yet part of it.</summary>
    public Memory<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
            Grow(checked(Length + count));
        return _bytes.AsMemory(Length);
    }

    /// <summary>Takes reserved bytes in.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Length);
        Length += count;
    }

    /// <summary>Copies bytes in and answers where they went.</summary>
    public Span<byte> Append(ReadOnlySpan<byte> bytes)
    {
        var into = Reserve(bytes.Length).Span[..bytes.Length];
        bytes.CopyTo(into);
        Length += bytes.Length;
        return into;
    }

    /// <summary>Cuts back to a shorter length.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    /// <summary>Empties it and gives unusually much memory back.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > Kept)
            Dispose();
    }

    /// <summary>Gives the memory back; the buffer is empty and can be used again.</summary>
    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        Length = 0;
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Grow(int needed)
    {
        var doubled = (int)Math.Min(Array.MaxLength, Math.Max(Smallest, 2L * _bytes.Length));
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, doubled));
        Span.CopyTo(larger);
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
