namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>The lock of a data folder (flock on <c>store.lock</c>); the kernel releases it however the process ends.</summary>
internal static class FolderLock
{
    /// <summary>Takes the lock and keeps it until disposed; null where another process has it.</summary>
    public static IDisposable? TryTake(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "store.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
