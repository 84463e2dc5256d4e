using System.Buffers.Binary;
using System.IO.Compression;

namespace Reeve.Server.Sources.Webhook;

/// <summary>
/// Decompresses a body. <see cref="GZipStream"/> takes one that breaks off for whole, so the length at the end is compared
/// (ISIZE, RFC 1952 §2.3.1). Not thread-safe.
/// </summary>
internal sealed class GzipBody : Stream
{
    // A header, the shortest data and the end (RFC 1952 §2.3).
    private const int Smallest = 18;

    private readonly LastBytes _source;
    private readonly GZipStream _gzip;
    private long _length;

    public GzipBody(Stream source)
    {
        _source = new LastBytes(source);
        _gzip = new GZipStream(_source, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">It is no gzip, damaged, or breaks off.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _gzip.ReadAsync(buffer, cancellationToken);
        _length += count;
        // Of several members, the last says its own length only (RFC 1952 §2.2).
        if (count == 0 && buffer.Length > 0 && _source.Count > 0 && (_source.Count < Smallest || _source.Last4 > (uint)_length))
            throw new InvalidDataException("the gzip data breaks off");
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Counts the bytes that are read and remembers the last four.</summary>
    private sealed class LastBytes(Stream source) : Stream
    {
        private uint _last;

        /// <summary>Bytes read so far.</summary>
        public long Count { get; private set; }

        /// <summary>The last four of them as a number, the least first.</summary>
        public uint Last4 => BinaryPrimitives.ReverseEndianness(_last);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await source.ReadAsync(buffer, cancellationToken);
            foreach (var value in buffer.Span[Math.Max(0, count - sizeof(uint))..count])
                _last = (_last << 8) | value;
            Count += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
