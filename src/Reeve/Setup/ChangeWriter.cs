namespace Reeve.Setup;

/// <summary>
/// Writes files so that whoever reads them, kubelet above all, sees the old one or the new one and nothing between: beside it under a
/// name that begins with a dot, which kubelet does not look at, flushed, then renamed.
/// </summary>
internal static class ChangeWriter
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Plain = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Program = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes a file, and before it the backup of what it replaces.</summary>
    /// <exception cref="IOException">It cannot be written; then it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of rights.</exception>
    public static void Write(FileChange change)
    {
        // A link stays one.
        var path = (File.Exists(change.Path) ? File.ResolveLinkTarget(change.Path, returnFinalTarget: true)?.FullName : null) ?? change.Path;
        if (change.Backup is { } backup)
            Put(backup, change.Before!, Secret);
        Put(path, change.After, ModeOf(change, path));
    }

    private static UnixFileMode ModeOf(FileChange change, string path) =>
        change.File is { IsSecret: true } ? Secret
        : File.Exists(path) ? File.GetUnixFileMode(path)
        : change.File is { IsProgram: true } ? Program
        : Plain;

    private static void Put(string path, string text, UnixFileMode mode)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.reeve-{Environment.ProcessId}");
        try
        {
            File.Delete(temporary);
            using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Secret }))
            {
                // The mask of the process may have taken rights away.
                File.SetUnixFileMode(stream.SafeFileHandle, mode);
                stream.Write(new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
