using System.Buffers;

namespace Reeve.Journaling.Files;

/// <summary>Whole reads and writes over files that answer with short ones.</summary>
internal static class FileOperations
{
    /// <summary>Writes everything.</summary>
    public static void WriteAll(this IJournalFile file, long offset, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var written = file.Write(offset, bytes);
            offset += written;
            bytes = bytes[written..];
        }
    }

    /// <summary>Reads until the span or the file ends and says how many bytes that was.</summary>
    public static int ReadAll(this IJournalFile file, long offset, Span<byte> into)
    {
        var total = 0;
        while (total < into.Length && file.Read(offset + total, into[total..]) is > 0 and var read)
            total += read;
        return total;
    }

    /// <summary>Writes the bytes between two offsets over themselves, so that the next fsync writes them out.</summary>
    public static void WriteAgain(this IJournalFile file, long from, long to)
    {
        var block = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            while (from < to)
            {
                var read = file.ReadAll(from, block.AsSpan(0, (int)Math.Min(block.Length, to - from)));
                if (read == 0)
                    break;
                file.WriteAll(from, block.AsSpan(0, read));
                from += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
