using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources.Files;

/// <summary>
/// Makes and compares signatures. They are kept on disk and made of bytes that were not scrubbed, so they are keyed
/// fingerprints: without the key nobody can try what the bytes were. Not thread-safe.
/// </summary>
internal sealed class FileSignatures(Scrubber scrubber)
{
    private const int LargestHead = 1024;
    private const int LargestTail = 256;

    /// <summary>The beginning of a content, to give to <see cref="Of"/> later.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] ReadHead(OpenLog log) => log.ReadBetween(0, LargestHead);

    /// <summary>The signature of a file that was not read yet; empty where it cannot be read.</summary>
    public FileSignature OfBeginning(string path)
    {
        try
        {
            using var log = LogContent.Open(path);
            var head = ReadHead(log);
            return new(head.Length, Hash(head), 0, "");
        }
        catch (Exception failure) when (LogContent.IsReadFailure(failure))
        {
            return FileSignature.Empty;
        }
    }

    /// <summary>The signature of <paramref name="log"/> with its <paramref name="knownHead"/>, read to <paramref name="offset"/>.</summary>
    /// <remarks>Of compressed content only the head is taken: its end cannot be reached without reading all of it.</remarks>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public FileSignature Of(OpenLog log, byte[] knownHead, long offset)
    {
        var length = (int)Math.Min(offset, LargestHead);
        var head = knownHead.Length >= length ? knownHead[..length] : log.ReadBetween(0, length);
        var tail = log.IsCompressed ? [] : log.ReadBetween(offset - Math.Min(offset, LargestTail), offset);
        return new(head.Length, Hash(head), tail.Length, Hash(tail));
    }

    /// <summary>Whether <paramref name="log"/> holds the content that was read to the cursor.</summary>
    /// <exception cref="IOException">The file cannot be read, or its compression is damaged before that.</exception>
    public bool Match(FileCursor cursor, OpenLog log)
    {
        var (headLength, head, tailLength, tail) = cursor.Signature;
        if (Hash(log.ReadBetween(0, headLength)) != head)
            return false;
        if (tailLength == 0)
            return true;
        try
        {
            return Hash(log.ReadBetween(cursor.Offset - tailLength, cursor.Offset)) == tail;
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    /// <summary>Whether the file at <paramref name="path"/> does; false where it cannot be read.</summary>
    public bool Match(FileCursor cursor, string path)
    {
        try
        {
            using var log = LogContent.Open(path);
            return Match(cursor, log);
        }
        catch (Exception failure) when (LogContent.IsReadFailure(failure))
        {
            return false;
        }
    }

    // The length goes in: a shorter piece with the same hash is another piece.
    private string Hash(byte[] bytes) => bytes.Length == 0 ? "" : $"{bytes.Length:x}-{scrubber.Fingerprint(bytes):x16}";
}
