using System.Buffers.Binary;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// The secret under which values become fingerprints: 32 random bytes in a file of their own, outside the data folder,
/// because whoever has key and data can try short values.
/// </summary>
public sealed class ScrubKey
{
    private const int Size = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly byte[] _bytes;

    /// <summary>Takes 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public ScrubKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException($"a scrub key has {Size} bytes, this one has {bytes.Length}", nameof(bytes));
        _bytes = bytes.ToArray();
    }

    /// <summary>The same HMAC, of a value that comes in pieces.</summary>
    internal IncrementalHash BeginHash() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _bytes);

    /// <summary>The first 64 bits of HMAC-SHA-256 (RFC 2104) of a value.</summary>
    internal ulong Fingerprint(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_bytes, value, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>
    /// Loads the key from a file, and creates the file with a random key, mode 0600, if there is none. After a crash
    /// the file is absent or whole: it is written and fsynced under another name, then linked to its own.
    /// </summary>
    /// <exception cref="ScrubKeyException">The file holds no key, or others may read it.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static ScrubKey LoadOrCreate(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("the scrub key needs Unix file modes");
        if (!File.Exists(path))
            Create(path);
        if ((File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None)
            throw new ScrubKeyException($"{path}: others may read the scrub key; run: chmod 600 {path}");
        var bytes = File.ReadAllBytes(path);
        return bytes.Length == Size
            ? new ScrubKey(bytes)
            : throw new ScrubKeyException($"{path}: a scrub key has {Size} bytes, this file has {bytes.Length}; restore it from a backup");
    }

    [UnsupportedOSPlatform("windows")]
    private static void Create(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var unfinished = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(Size));
            file.Flush(flushToDisk: true);
        }

        // Where somebody else's came first, theirs counts.
        _ = FolderSync.TryLink(unfinished, path);
        File.Delete(unfinished);
        FolderSync.Flush(folder);
    }
}

/// <summary>The scrub key cannot be used; the message says what to do.</summary>
public sealed class ScrubKeyException(string message) : Exception(message);
