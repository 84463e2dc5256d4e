namespace Reeve.Journaling.Files;

/// <summary>
/// The file operations a journal needs, so that tests can take the disk away. Failures are <see cref="IOException"/>
/// whose <see cref="Exception.HResult"/> is the errno (see <see cref="DiskErrors"/>).
/// </summary>
internal interface IJournalFileSystem
{
    /// <summary>Makes the folder and its parents, durably, where they are absent.</summary>
    void CreateFolder(string folder);

    /// <summary>The names of the files in a folder, in no order.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Opens a file; throws <see cref="FileNotFoundException"/> where it must exist and does not.</summary>
    IJournalFile Open(string path, FileUse use);

    /// <summary>Renames a file over whatever has the new name. Durable after <see cref="SyncFolder"/>.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file; does nothing where there is none. Durable after <see cref="SyncFolder"/>.</summary>
    void Delete(string path);

    /// <summary>Makes created, renamed and deleted names durable.</summary>
    void SyncFolder(string folder);

    /// <summary>Takes the exclusive lock on a file; null where somebody else has it. Disposing frees it.</summary>
    IDisposable? TryLock(string path);

    /// <summary>Bytes free for this user on the folder's disk.</summary>
    long FreeBytes(string folder);
}

/// <summary>How a file is opened.</summary>
internal enum FileUse
{
    /// <summary>An existing file, to be read while it may still grow.</summary>
    Read,

    /// <summary>An existing file, read and written.</summary>
    Write,

    /// <summary>A new file; it must not exist.</summary>
    Create,
}

/// <summary>An open file. Reads and writes may be short.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Its size in bytes.</summary>
    long Length { get; }

    /// <summary>Reads at an offset; 0 at the end of the file.</summary>
    int Read(long offset, Span<byte> into);

    /// <summary>Writes at an offset and says how many bytes were taken.</summary>
    int Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts or extends the file.</summary>
    void SetLength(long length);

    /// <summary>Returns when content and size are on the disk (fdatasync).</summary>
    void Sync();
}
