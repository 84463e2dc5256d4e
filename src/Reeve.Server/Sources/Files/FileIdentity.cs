using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Reeve.Server.Sources.Files;

/// <summary>Tells one file from another for as long as it exists, whatever it is renamed to.</summary>
/// <param name="Device">Major and minor number of the device, packed.</param>
/// <param name="Inode">The inode; used again by the file system once the file is gone.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileIdentity(long Device, long Inode)
{
    /// <summary>Reads identity and size of <paramref name="path"/>; false where there is no such file.</summary>
    public static bool TryRead(string path, out FileIdentity identity, out long size)
    {
        (identity, size) = (default, 0);
        if (StatX(CurrentDirectory, path, 0, BasicStats, out var stat) != 0)
            return false;
        identity = new(((long)stat.DeviceMajor << 32) | stat.DeviceMinor, (long)stat.Inode);
        size = (long)stat.Size;
        return true;
    }

    /// <summary>Reads identity and size behind an open handle.</summary>
    public static FileIdentity Of(SafeHandle handle, out long size)
    {
        if (StatXHandle(handle, "", EmptyPath, BasicStats, out var stat) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        size = (long)stat.Size;
        return new(((long)stat.DeviceMajor << 32) | stat.DeviceMinor, (long)stat.Inode);
    }

    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int StatX(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out Stat result);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int StatXHandle(
        SafeHandle file, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out Stat result);

    // struct statx of linux/stat.h: the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Stat
    {
        [FieldOffset(0x20)] public ulong Inode;
        [FieldOffset(0x28)] public ulong Size;
        [FieldOffset(0x88)] public uint DeviceMajor;
        [FieldOffset(0x8c)] public uint DeviceMinor;
    }
}
