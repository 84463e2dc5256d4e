using System.Security.Cryptography;

namespace Reeve.Server.Sources.Files;

/// <summary>
/// Recognises content that was read before under another name or inode: a rotated file, its copy, its compressed copy.
/// Made of the beginning of the content and of the bytes before the position that was reached.
/// </summary>
/// <param name="HeadLength">Bytes of the beginning that were hashed; up to 1,024.</param>
/// <param name="Head">First 16 bytes of their SHA-256, in hex.</param>
/// <param name="TailLength">Bytes before the position that were hashed; up to 256, 0 where they are not known.</param>
/// <param name="Tail">First 16 bytes of their SHA-256, in hex.</param>
internal sealed record FileSignature(int HeadLength, string Head, int TailLength, string Tail)
{
    private const int LargestHead = 1024;
    private const int LargestTail = 256;

    /// <summary>Nothing was read yet: matches any content.</summary>
    public static FileSignature Empty { get; } = new(0, "", 0, "");

    /// <summary>The beginning of a content, to give to <see cref="Of"/> later.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] ReadHead(OpenLog log) => log.ReadBetween(0, LargestHead);

    /// <summary>The signature of a file that was not read yet; empty where it cannot be read.</summary>
    public static FileSignature OfBeginning(string path)
    {
        try
        {
            using var log = LogContent.Open(path);
            var head = ReadHead(log);
            return new(head.Length, Hash(head), 0, "");
        }
        catch (Exception failure) when (LogContent.IsReadFailure(failure))
        {
            return Empty;
        }
    }

    /// <summary>The signature of <paramref name="log"/> with its <paramref name="knownHead"/>, read to <paramref name="offset"/>.</summary>
    /// <remarks>Of compressed content only the head is taken: its end cannot be reached without reading all of it.</remarks>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileSignature Of(OpenLog log, byte[] knownHead, long offset)
    {
        var length = (int)Math.Min(offset, LargestHead);
        var head = knownHead.Length >= length ? knownHead[..length] : log.ReadBetween(0, length);
        var tail = log.IsCompressed ? [] : log.ReadBetween(offset - Math.Min(offset, LargestTail), offset);
        return new(head.Length, Hash(head), tail.Length, Hash(tail));
    }

    /// <summary>Whether <paramref name="log"/> holds the content that was read to <paramref name="offset"/>.</summary>
    /// <exception cref="IOException">The file cannot be read, or its compression is damaged before that.</exception>
    public bool Matches(OpenLog log, long offset)
    {
        var head = log.ReadBetween(0, HeadLength);
        if (head.Length != HeadLength || Hash(head) != Head)
            return false;
        if (TailLength == 0)
            return true;
        try
        {
            var tail = log.ReadBetween(offset - TailLength, offset);
            return tail.Length == TailLength && Hash(tail) == Tail;
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    private static string Hash(byte[] bytes) =>
        bytes.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
}
