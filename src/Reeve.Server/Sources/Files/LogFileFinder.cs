using System.IO.Enumeration;

namespace Reeve.Server.Sources.Files;

/// <summary>Turns the paths of a file source into files to read.</summary>
/// <remarks>
/// In a folder, at any depth, files named like logs are taken and others counted as skipped; a file that is named
/// itself is always taken. Links to folders are not followed, so that a loop cannot trap the search.
/// </remarks>
internal sealed class LogFileFinder(IReadOnlyList<string> paths)
{
    private static readonly string[] Patterns =
        ["*.log*", "*.json", "*.jsonl", "*.ndjson", "*.json.gz", "*.jsonl.gz", "*.ndjson.gz", "*.json.zst", "*.jsonl.zst", "*.ndjson.zst"];

    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
    };

    /// <summary>What the paths hold now: the files in path order, how many others were skipped, which paths are missing.</summary>
    public FoundFiles Find()
    {
        var files = new List<string>();
        var missing = new List<string>();
        var skipped = 0;
        foreach (var path in paths)
        {
            if (File.Exists(path))
                files.Add(Path.GetFullPath(path));
            else if (Directory.Exists(path))
                skipped += AddFolder(Path.GetFullPath(path), files);
            else
                missing.Add(path);
        }

        return new(files.Distinct(StringComparer.Ordinal).ToList(), skipped, missing);
    }

    /// <summary>Whether a file in a folder is named like a log.</summary>
    public static bool IsLogName(ReadOnlySpan<char> name)
    {
        foreach (var pattern in Patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true))
                return true;
        }

        return false;
    }

    private static int AddFolder(string folder, List<string> files)
    {
        var skipped = 0;
        var found = new FileSystemEnumerable<(string Path, bool IsLog)>(
            folder, (ref entry) => (entry.ToFullPath(), IsLogName(entry.FileName)), Everywhere)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == FileAttributes.None,
        };
        var before = files.Count;
        foreach (var (path, isLog) in found)
        {
            if (isLog)
                files.Add(path);
            else
                skipped++;
        }

        files.Sort(before, files.Count - before, StringComparer.Ordinal);
        return skipped;
    }
}

/// <summary>The files to read, in order, and what was passed over.</summary>
internal sealed record FoundFiles(IReadOnlyList<string> Files, int Skipped, IReadOnlyList<string> Missing);
