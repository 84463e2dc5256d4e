namespace Reeve.Server.Sources.Files;

/// <summary>
/// Where the rest of a rotated log can be: kube-apiserver renames <c>audit.log</c> to
/// <c>audit-2006-01-02T15-04-05.000.log</c> and may compress it, logrotate makes <c>audit.log.1</c> and <c>audit.log.2.gz</c>.
/// </summary>
internal static class RotatedFiles
{
    private const int Most = 1000;

    /// <summary>The files beside <paramref name="path"/> whose names begin like it, the newest first.</summary>
    public static IReadOnlyList<string> Beside(string path)
    {
        var folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
            return [];
        var prefix = Path.GetFileName(path).Split('.', 2)[0];
        return new DirectoryInfo(folder)
            .EnumerateFiles(prefix + "*")
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .Take(Most)
            .Select(file => file.FullName)
            .ToList();
    }
}
