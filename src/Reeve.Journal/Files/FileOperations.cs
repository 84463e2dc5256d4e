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
}
