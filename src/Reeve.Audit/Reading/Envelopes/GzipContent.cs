using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>Bytes packed with gzip (RFC 1952), as Firehose and Event Hub capture hand them on.</summary>
internal sealed class GzipContent : IEnvelope
{
    /// <inheritdoc/>
    public string Form => "gzip";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => IsGzip(record.Bytes.Span);

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into) => Open(record.Bytes, into.Text(), null, into);

    /// <summary>Whether bytes begin as gzip does, with the only method there is.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.StartsWith<byte>([0x1F, 0x8B, 0x08]);

    /// <summary>Reads what is packed, as far as it can be unpacked and there is room.</summary>
    public static void Open(ReadOnlyMemory<byte> packed, EnvelopeText text, DateTime? sentAt, Unwrapping into)
    {
        var unpacked = Unpack(packed, into.Room, out var isCut, out var isBomb);
        into.Room -= unpacked.Length;
        if (unpacked.Length == 0)
            into.Keep(text, StreamKind.Audit);
        else
            into.Read(unpacked, isCut, text, sentAt, missing: isBomb ? new RecordTail(packed.Length, 0) : default);
    }

    private static byte[] Unpack(ReadOnlyMemory<byte> packed, long room, out bool isCut, out bool isBomb)
    {
        isCut = isBomb = false;
        using var stream = new GZipStream(Open(packed), CompressionMode.Decompress);
        var bytes = new byte[(int)Math.Min(Math.Max(1024, packed.Length * 4L), room)];
        var length = 0;
        try
        {
            int read;
            while ((read = stream.Read(bytes, length, bytes.Length - length)) > 0)
            {
                length += read;
                if (length < bytes.Length)
                    continue;
                if (bytes.Length >= room)
                {
                    isCut = isBomb = true;
                    break;
                }

                Array.Resize(ref bytes, (int)Math.Min(bytes.Length * 2L, room));
            }
        }
        catch (InvalidDataException)
        {
            isCut = true;
        }

        return bytes.AsSpan(0, length).ToArray();
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(bytes.ToArray(), writable: false);
}
