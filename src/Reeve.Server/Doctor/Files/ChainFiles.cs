using System.Collections.Immutable;
using System.Text;
using Reeve.Server.Sources.Files;

namespace Reeve.Server.Doctor.Files;

/// <summary>The files that were given, as far as they belong to an audit chain. Immutable.</summary>
/// <param name="Files">Them.</param>
/// <param name="Skipped">How many others there were.</param>
/// <param name="Root">The folder that stands for the root of the node.</param>
internal sealed record ChainFiles(ImmutableArray<ChainFile> Files, int Skipped, string Root)
{
    /// <summary>No file of a chain is larger, in bytes; only of logs more is read, and not here.</summary>
    public const int Largest = 1 << 20;

    private static readonly string[] NodeFolders = ["/etc/", "/var/", "/opt/"];

    /// <summary>Those of a kind.</summary>
    public IEnumerable<ChainFile> Of(ChainFileKind kind) => Files.Where(file => file.Kind == kind);

    /// <summary>Whether the files are where the node has them, so that one can look beside them.</summary>
    public bool IsNode => Root == "/";

    /// <summary>Reads files and folders.</summary>
    /// <param name="paths">Them; of a folder everything at any depth.</param>
    /// <param name="root">The folder that stands for the root of the node; null to tell from the paths.</param>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static ChainFiles Read(IReadOnlyList<string> paths, string? root)
    {
        var all = paths.SelectMany(FilesOf).ToList();
        var read = all.Select(path => Read(path, root)).ToList();
        return new(
            [.. read.OfType<ChainFile>().Where(file => file.Kind != ChainFileKind.Other)],
            read.Count(file => file is null or { Kind: ChainFileKind.Other }),
            root ?? (read.TrueForAll(file => file is null || file.NodePath == Path.GetFullPath(file.Path)) ? "/" : ""));
    }

    private static IEnumerable<string> FilesOf(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = default(FileAttributes) }).Where(IsRegular).Order(StringComparer.Ordinal)
        : IsRegular(path) || !Path.Exists(path) ? [path]
        : throw new IOException($"{path}: this is no regular file");

    // Whoever opens a pipe waits until somebody writes into it.
    private static bool IsRegular(string path) => FileStat.TryRead(path, out var stat) && stat.IsRegular;

    private static ChainFile? Read(string path, string? root)
    {
        using var stream = File.OpenRead(path);
        var buffer = new byte[(int)Math.Min(stream.Length, Largest)];
        stream.ReadExactly(buffer);
        // A NUL is in no configuration.
        if (buffer.AsSpan().Contains((byte)0))
            return null;
        var text = Encoding.UTF8.GetString(buffer).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var kind = ChainFileKinds.Of(text);
        return kind != ChainFileKind.Log && stream.Length > Largest ? null : new ChainFile(path, NodePath(path, root), kind, text);
    }

    // A copied tree says by its own folders where its files belong.
    private static string NodePath(string path, string? root)
    {
        var full = Path.GetFullPath(path);
        if (root is not null)
            return full.StartsWith(Path.GetFullPath(root).TrimEnd('/') + "/", StringComparison.Ordinal) ? full[Path.GetFullPath(root).TrimEnd('/').Length..] : "";
        var at = NodeFolders.Select(folder => full.LastIndexOf(folder, StringComparison.Ordinal)).Max();
        return at >= 0 ? full[at..] : "";
    }
}
