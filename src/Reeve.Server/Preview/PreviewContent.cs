using Reeve.Server.Sources.Files;

namespace Reeve.Server.Preview;

/// <summary>Takes the bytes to be read from a stream: at most so many, unpacked where they are gzip or Zstandard.</summary>
internal static class PreviewContent
{
    /// <summary>Reads a stream to its end, or until there is enough.</summary>
    /// <param name="stream">What comes from outside.</param>
    /// <param name="progress">Told the bytes read so far, before unpacking.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">It is packed and damaged before its first byte; the message is for people.</exception>
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool IsPart)> ReadAsync(
        Stream stream, Action<long>? progress, CancellationToken cancellationToken)
    {
        var (bytes, isPart) = await TakeAsync(stream, progress, cancellationToken);
        if (LogContent.Decompressor(bytes.Span) is not { } decompress)
            return (bytes, isPart);
        var unpacked = await Task.Run(() => Unpack(bytes, decompress), cancellationToken);
        return (unpacked.Bytes, unpacked.IsPart || isPart);
    }

    private static async Task<(ReadOnlyMemory<byte> Bytes, bool IsPart)> TakeAsync(
        Stream stream, Action<long>? progress, CancellationToken cancellationToken)
    {
        var bytes = new byte[64 * 1024];
        var length = 0;
        int read;
        while ((read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            progress?.Invoke(length);
            if (length > EventPreview.MaxBytes)
                return (bytes.AsMemory(0, EventPreview.MaxBytes), true);
            if (length == bytes.Length)
                Array.Resize(ref bytes, Math.Min(bytes.Length * 2, EventPreview.MaxBytes + 1));
        }

        return (bytes.AsMemory(0, length), false);
    }

    // What could be unpacked of a damaged or cut file is shown; the rest is missing.
    private static (ReadOnlyMemory<byte> Bytes, bool IsPart) Unpack(ReadOnlyMemory<byte> packed, Func<Stream, Stream> decompress)
    {
        using var content = decompress(new MemoryStream(packed.ToArray(), writable: false));
        var bytes = new byte[64 * 1024];
        var length = 0;
        try
        {
            int read;
            while ((read = content.Read(bytes, length, bytes.Length - length)) > 0)
            {
                length += read;
                if (length > EventPreview.MaxBytes)
                    return (bytes.AsMemory(0, EventPreview.MaxBytes), true);
                if (length == bytes.Length)
                    Array.Resize(ref bytes, Math.Min(bytes.Length * 2, EventPreview.MaxBytes + 1));
            }

            return (bytes.AsMemory(0, length), false);
        }
        catch (Exception failure) when (LogContent.IsReadFailure(failure))
        {
            return length > 0
                ? (bytes.AsMemory(0, length), true)
                : throw new InvalidDataException("The file is packed and damaged: nothing could be unpacked.", failure);
        }
    }
}
