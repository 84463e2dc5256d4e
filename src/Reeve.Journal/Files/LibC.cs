using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Reeve.Journaling.Files;

/// <summary>
/// The calls .NET has no exact equivalent for: fdatasync(2) (its FlushToDisk also writes timestamps), fsync(2) of a folder,
/// a pwrite(2) whose errno is kept, an open(2) that gives a new file its mode at once, and an exclusive flock(2), which .NET does not tell from other failures. Numbers are
/// those of Linux on x86-64.
/// </summary>
internal static partial class LibC
{
    private const int Interrupted = 4;
    private const int WouldBlock = 11;
    private const int ReadOnlyFolder = 0x10000 | 0x80000;
    private const int CreateForWriting = 0x2 | 0x40 | 0x80000;
    private const int CreateNew = CreateForWriting | 0x80;
    private const int OwnerOnly = 0x180;
    private const int LockExclusiveNow = 2 | 4;

    public static int Write(SafeFileHandle handle, long offset, ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var written = PWrite(handle, bytes, (nuint)bytes.Length, offset);
            if (written >= 0)
                return (int)written;
            ThrowUnlessInterrupted("write");
        }
    }

    /// <summary>A new file that only its owner can read and write; it must not exist.</summary>
    public static SafeFileHandle Create(string path)
    {
        var handle = OpenPath(path, CreateNew, OwnerOnly);
        return handle.IsInvalid ? throw Error("create") : handle;
    }

    public static void SyncContent(SafeFileHandle handle)
    {
        while (FDataSync(handle) != 0)
            ThrowUnlessInterrupted("fdatasync");
    }

    public static void SyncFolder(string folder)
    {
        using var handle = OpenPath(folder, ReadOnlyFolder, 0);
        if (handle.IsInvalid)
            throw Error("open folder");
        while (FSync(handle) != 0)
            ThrowUnlessInterrupted("fsync folder");
    }

    /// <summary>The open, locked file; null where another open file has the lock.</summary>
    public static IDisposable? TryLock(string path)
    {
        var handle = OpenPath(path, CreateForWriting, OwnerOnly);
        if (handle.IsInvalid)
            throw Error("open lock");
        while (FLock(handle, LockExclusiveNow) != 0)
        {
            if (Marshal.GetLastPInvokeError() == Interrupted)
                continue;
            var error = Error("flock");
            handle.Dispose();
            return error.HResult == WouldBlock ? null : throw error;
        }

        return handle;
    }

    private static void ThrowUnlessInterrupted(string call)
    {
        if (Marshal.GetLastPInvokeError() != Interrupted)
            throw Error(call);
    }

    private static IOException Error(string call)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{call}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint PWrite(SafeFileHandle file, ReadOnlySpan<byte> bytes, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenPath(string path, int flags, int mode);
}
