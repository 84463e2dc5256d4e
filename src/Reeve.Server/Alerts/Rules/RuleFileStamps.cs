using Reeve.Server.Sources.Files;

namespace Reeve.Server.Alerts.Rules;

/// <summary>By what a change of rule files shows: which there are, their sizes and times. Compared by value. Immutable once made.</summary>
internal sealed class RuleFileStamps : IEquatable<RuleFileStamps>
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden };

    private readonly HashSet<(string Path, FileIdentity Identity, long Length, DateTime Written)> _files = [];

    private RuleFileStamps()
    {
    }

    /// <summary>Of no files.</summary>
    public static RuleFileStamps None { get; } = new();

    /// <summary>Of the files that stand at paths, and below those that are folders. What cannot be looked at is as if it were not there.</summary>
    public static RuleFileStamps Of(IEnumerable<string> paths)
    {
        var stamps = new RuleFileStamps();
        foreach (var path in paths)
        {
            try
            {
                var files = Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*.y*ml", Below) : [new FileInfo(path)];
                foreach (var file in files.Where(file => file.Exists))
                    stamps.Add(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }

        return stamps;
    }

    /// <inheritdoc/>
    public bool Equals(RuleFileStamps? other) => other is not null && _files.SetEquals(other._files);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RuleFileStamps);

    /// <inheritdoc/>
    public override int GetHashCode() => _files.Count;

    // A mounted ConfigMap changes by where its links lead, and which file that is.
    private void Add(FileInfo file)
    {
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        if (FileStat.TryRead(file.FullName, out var stat))
            _files.Add((file.FullName, stat.Identity, target.Length, target.LastWriteTimeUtc));
    }
}
