using System.Buffers;
using System.Security.Cryptography;
using Reeve.Audit.Reading;

namespace Reeve.Server.Sources.Webhook;

/// <summary>A request's body in pooled memory that is taken from <see cref="BytesInFlight"/> as it grows. Not thread-safe.</summary>
internal sealed class BodyBuffer(BytesInFlight room) : IDisposable
{
    // A sender that promises much and sends nothing holds this much.
    private const int Smallest = 16 << 10;

    private byte[] _bytes = [];

    /// <summary>Bytes received so far, without <see cref="Tail"/>.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes; valid until this is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>What of a body that is too large was not kept.</summary>
    public RecordTail Tail { get; set; }

    /// <summary>Whether the body is larger than what is kept of one.</summary>
    public bool IsCut => Tail.Bytes > 0;

    /// <summary>Whether there is nothing in it but white space.</summary>
    public bool IsBlank => _bytes.AsSpan(0, Length).IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>Free memory behind the end, up to <paramref name="limit"/> bytes of body; empty there, null where none is left for all bodies.</summary>
    public Memory<byte>? Reserve(int limit)
    {
        if (Length == _bytes.Length && Length < limit && !TryGrow(limit))
            return null;
        return _bytes.AsMemory(Length, Math.Min(_bytes.Length, limit) - Length);
    }

    /// <summary>Takes reserved bytes in.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Names this body among those for one cluster.</summary>
    public BodyKey Key(string cluster)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Bytes.Span, hash);
        return new(cluster, Convert.ToHexString(hash), Tail.Bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var bytes = _bytes;
        (_bytes, Length) = ([], 0);
        Return(bytes);
    }

    private bool TryGrow(int limit)
    {
        var wanted = (int)Math.Min(limit, Math.Max(Smallest, 2L * _bytes.Length));
        var larger = ArrayPool<byte>.Shared.Rent(wanted);
        if (!room.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        _bytes.AsSpan(0, Length).CopyTo(larger);
        var smaller = _bytes;
        _bytes = larger;
        Return(smaller);
        return true;
    }

    private void Return(byte[] bytes)
    {
        if (bytes.Length == 0)
            return;
        room.GiveBack(bytes.Length);
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
