using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Reeve.Server.Sources.Files;

/// <summary>What the file system says of a file (statx(2)).</summary>
/// <param name="Identity">Which file it is.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="LastWrite">When it was last written, UTC, by the clock of its file system.</param>
/// <param name="IsRegular">Whether it is a file, and no folder, pipe or device.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileStat(FileIdentity Identity, long Size, DateTime LastWrite, bool IsRegular)
{
    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;

    // inode(7)
    private const int KindMask = 0xf000;
    private const int RegularKind = 0x8000;

    /// <summary>Asks about a path; false where there is no such file.</summary>
    public static bool TryRead(string path, out FileStat stat)
    {
        stat = default;
        if (StatX(CurrentDirectory, path, 0, BasicStats, out var buffer) != 0)
            return false;
        stat = Of(buffer);
        return true;
    }

    /// <summary>Asks about an open file.</summary>
    public static FileStat Of(SafeHandle handle) =>
        StatXHandle(handle, "", EmptyPath, BasicStats, out var buffer) == 0
            ? Of(buffer)
            : throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);

    private static FileStat Of(in StatBuffer buffer) => new(
        new(((long)buffer.DeviceMajor << 32) | buffer.DeviceMinor, (long)buffer.Inode),
        (long)buffer.Size,
        DateTime.UnixEpoch.AddSeconds(buffer.ModifiedSeconds),
        (buffer.Mode & KindMask) == RegularKind);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int StatX(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out StatBuffer result);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int StatXHandle(
        SafeHandle file, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out StatBuffer result);

    // struct statx of linux/stat.h: the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatBuffer
    {
        [FieldOffset(0x1c)] public ushort Mode;
        [FieldOffset(0x20)] public ulong Inode;
        [FieldOffset(0x28)] public ulong Size;
        [FieldOffset(0x70)] public long ModifiedSeconds;
        [FieldOffset(0x88)] public uint DeviceMajor;
        [FieldOffset(0x8c)] public uint DeviceMinor;
    }
}
