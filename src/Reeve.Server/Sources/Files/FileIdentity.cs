using System.Runtime.InteropServices;

namespace Reeve.Server.Sources.Files;

/// <summary>Tells one file from another for as long as it exists, whatever it is renamed to.</summary>
/// <param name="Device">Major and minor number of the device, packed.</param>
/// <param name="Inode">The inode; used again by the file system once the file is gone.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileIdentity(long Device, long Inode);
