namespace Reeve.Server.State;

/// <summary>A folder that only the account of the server may enter (mode 0700).</summary>
internal static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Creates the folder, or closes an empty one to others. What already holds files keeps its mode: it may be a folder
    /// that was named by mistake and belongs to others.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The account of the server has no right to it.</exception>
    public static string Prepare(string path)
    {
        var full = Path.GetFullPath(path);
        if (!Directory.Exists(full))
            Directory.CreateDirectory(full, OwnerOnly);
        else if (!Directory.EnumerateFileSystemEntries(full).Any())
            File.SetUnixFileMode(full, OwnerOnly);
        return full;
    }
}
