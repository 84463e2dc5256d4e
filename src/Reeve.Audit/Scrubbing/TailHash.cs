using System.Buffers.Binary;
using System.Security.Cryptography;
using Reeve.Audit.Reading;

namespace Reeve.Audit.Scrubbing;

/// <summary>Counts and fingerprints the tail of a record piece by piece. Not thread-safe.</summary>
public sealed class TailHash : IDisposable
{
    private readonly IncrementalHash _hash;

    internal TailHash(ScrubKey key) => _hash = key.BeginHash();

    /// <summary>Bytes so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds the next piece.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        _hash.AppendData(piece);
        Bytes += piece.Length;
    }

    /// <summary>The tail: the same fingerprint as <see cref="Scrubber.Fingerprint"/> of all pieces in one.</summary>
    public RecordTail Finish()
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return new(Bytes, BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
