namespace Reeve.Server.Setup;

/// <summary>Writes files that others read at any moment.</summary>
internal static class SafeFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode All = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a file as a whole: whoever reads it, and whatever happens, finds the old one or the new one.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="isSecret">Whether only its owner may read it, from its first byte on.</param>
    public static void Write(string path, string text, bool isSecret)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        // A name with a dot before it: kubelet and rsyslog pass such files over.
        var part = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.part");
        File.Delete(part);
        using (var stream = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = isSecret ? Owner : All }))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, full, overwrite: true);
    }
}
