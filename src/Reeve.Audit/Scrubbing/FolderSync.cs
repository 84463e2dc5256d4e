using System.Runtime.InteropServices;

namespace Reeve.Audit.Scrubbing;

/// <summary>Names in folders, as .NET cannot have them: given once and no more, and durable.</summary>
internal static partial class FolderSync
{
    private const int ReadOnlyFolder = 0x10000;
    private const int Exists = 17;

    /// <summary>
    /// Gives a file a second name; false where the name is taken. Of two at the same moment one wins, unlike with <see cref="File.Move(string, string, bool)"/>, which
    /// looks first and renames then.
    /// </summary>
    /// <exception cref="IOException">The name cannot be given.</exception>
    public static bool TryLink(string file, string name)
    {
        if (Link(file, name) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == Exists ? false : throw new IOException($"{name}: cannot be linked (errno {error})");
    }


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

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string file, string name);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
