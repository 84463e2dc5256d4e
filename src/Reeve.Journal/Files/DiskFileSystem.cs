using Microsoft.Win32.SafeHandles;

namespace Reeve.Journaling.Files;

/// <summary>The real disk. What it makes can be read and written by its owner only: folders have mode 0700, files 0600.</summary>
internal sealed class DiskFileSystem : IJournalFileSystem
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public void CreateFolder(string folder)
    {
        var missing = new Stack<string>();
        for (var path = Path.GetFullPath(folder); !Directory.Exists(path); path = Path.GetDirectoryName(path)!)
            missing.Push(path);
        foreach (var path in missing)
        {
            Directory.CreateDirectory(path, OwnerOnly);
            LibC.SyncFolder(Path.GetDirectoryName(path)!);
        }
    }

    public IReadOnlyList<string> List(string folder) =>
        [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))];

    public IJournalFile Open(string path, FileUse use) => new DiskFile(use == FileUse.Create
        ? LibC.Create(path)
        : File.OpenHandle(
            path,
            FileMode.Open,
            use == FileUse.Read ? FileAccess.Read : FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete));

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public void SyncFolder(string folder) => LibC.SyncFolder(folder);

    public IDisposable? TryLock(string path) => LibC.TryLock(path);

    public long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    private sealed class DiskFile(SafeFileHandle handle) : IJournalFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public int Read(long offset, Span<byte> into) => RandomAccess.Read(handle, into, offset);

        public int Write(long offset, ReadOnlySpan<byte> bytes) => LibC.Write(handle, offset, bytes);

        public void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public void Sync() => LibC.SyncContent(handle);

        public void Dispose() => handle.Dispose();
    }
}
