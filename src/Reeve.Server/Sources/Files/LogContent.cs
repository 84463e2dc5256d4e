using System.IO.Compression;

namespace Reeve.Server.Sources.Files;

/// <summary>Opens a log file as the bytes that were logged: what is compressed is recognised by content, not by name.</summary>
internal static class LogContent
{
    private const int ReadAhead = 128 * 1024;

    private static ReadOnlySpan<byte> Gzip => [0x1f, 0x8b];

    private static ReadOnlySpan<byte> Zstandard => [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>Opens <paramref name="path"/> from its beginning. The file may be renamed, replaced or deleted meanwhile.</summary>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static OpenLog Open(string path)
    {
        var file = new FileStream(path, new FileStreamOptions
        {
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        });
        try
        {
            return new(file, Compression(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether an exception says that a file cannot be read (now), rather than that the program is wrong.</summary>
    public static bool IsReadFailure(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or InvalidDataException or ZstdSharp.ZstdException;

    /// <summary>What unpacks content that begins so; null where it is not packed.</summary>
    public static Func<Stream, Stream>? Decompressor(ReadOnlySpan<byte> beginning)
    {
        if (beginning.StartsWith(Gzip))
            return inner => new GZipStream(Buffered(inner), CompressionMode.Decompress, leaveOpen: true);
        return beginning.StartsWith(Zstandard)
            ? inner => new ZstdSharp.DecompressionStream(inner, ReadAhead, checkEndOfStream: true, leaveOpen: true)
            : null;
    }

    private static Func<Stream, Stream>? Compression(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        return Decompressor(start[..RandomAccess.Read(file.SafeFileHandle, start, 0)]);
    }

    private static BufferedStream Buffered(Stream inner) => new(inner, ReadAhead);
}

/// <summary>An open log file and the content in it.</summary>
internal sealed class OpenLog(FileStream file, Func<Stream, Stream>? decompress) : IDisposable
{
    private Stream? _content;

    /// <summary>Whether the content is compressed: read once from beginning to end, and never followed.</summary>
    public bool IsCompressed => decompress is not null;

    /// <summary>Which file this is, and how large it is on disk now.</summary>
    public FileStat Stat() => FileStat.Of(file.SafeFileHandle);

    /// <summary>How far the file on disk has been read, in bytes.</summary>
    public long FilePosition => file.Position;

    /// <summary>The content from <paramref name="offset"/> (uncompressed bytes) on; compressed content is skipped to there.</summary>
    /// <exception cref="EndOfStreamException">The content is shorter than that.</exception>
    public Stream ReadFrom(long offset)
    {
        _content?.Dispose();
        if (decompress is null)
        {
            file.Position = offset;
            return file;
        }

        file.Position = 0;
        _content = decompress(file);
        Skip(_content, offset);
        return _content;
    }

    /// <summary>
    /// The content between two offsets, or as much of it as there is. Of compressed content this moves the stream of
    /// <see cref="ReadFrom"/>.
    /// </summary>
    public byte[] ReadBetween(long start, long end)
    {
        var bytes = new byte[end - start];
        var read = decompress is null
            ? ReadAt(start, bytes)
            : ReadFrom(start).ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..read];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content?.Dispose();
        file.Dispose();
    }

    private int ReadAt(long offset, Span<byte> bytes)
    {
        var total = 0;
        while (total < bytes.Length)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, bytes[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    private static void Skip(Stream stream, long count)
    {
        var scratch = new byte[64 * 1024];
        while (count > 0)
        {
            var piece = (int)Math.Min(count, scratch.Length);
            stream.ReadExactly(scratch, 0, piece);
            count -= piece;
        }
    }
}
