namespace Reeve.Journaling.Files;

/// <summary>What an errno means to the journal (Linux numbers, errno(3)).</summary>
internal static class DiskErrors
{
    public const int InputOutput = 5;
    public const int NoSpace = 28;
    public const int QuotaExceeded = 122;

    /// <summary>Whether freeing room on the disk is all that is needed.</summary>
    public static bool IsNoRoom(Exception error) => error is IOException && error.HResult is NoSpace or QuotaExceeded;

    /// <summary>Whether it is the disk's doing at all, rather than a bug.</summary>
    public static bool IsDisk(Exception error) => error is IOException or UnauthorizedAccessException;
}
