using System.Globalization;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>The lock of a data folder (flock on <c>store.lock</c>); the kernel releases it however the process ends.</summary>
internal static class FolderLock
{
    /// <summary>Holds the process id of the lock's last holder.</summary>
    public const string HolderFile = "store.pid";

    /// <summary>Takes the lock and keeps it until disposed; null where another process has it.</summary>
    public static IDisposable? TryTake(string folder)
    {
        try
        {
            var held = new FileStream(Path.Combine(folder, "store.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // In a file beside it: the locked one cannot be read by others.
            File.WriteAllText(Path.Combine(folder, HolderFile), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return held;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
