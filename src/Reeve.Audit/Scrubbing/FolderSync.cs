using System.Runtime.InteropServices;

namespace Reeve.Audit.Scrubbing;

/// <summary>Makes the names in a folder durable; .NET opens no folders.</summary>
internal static partial class FolderSync
{
    private const int ReadOnlyFolder = 0x10000;

    public static void Flush(string folder)
    {
        var handle = Open(folder, ReadOnlyFolder);
        if (handle < 0)
            throw new IOException($"{folder}: cannot be opened to sync it (errno {Marshal.GetLastPInvokeError()})");
        var failed = Fsync(handle) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (failed)
            throw new IOException($"{folder}: fsync failed (errno {error})");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
