using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources.Files;

/// <summary>
/// The files a source reads now. Follows each by identity through renames, begins anew where one was truncated or
/// replaced, and goes on in a rotated copy where the original is gone. Not thread-safe.
/// </summary>
internal sealed class OpenFiles(LogFileFinder finder, FileCursors cursors, EventLimits limits, Scrubber scrubber) : IDisposable
{
    private readonly Dictionary<FileIdentity, LogFile> _files = [];
    private readonly List<FileCursor> _ended = [];

    /// <summary>The files in the order they were found.</summary>
    public IReadOnlyCollection<LogFile> All => _files.Values;

    /// <summary>What the last look at the paths found.</summary>
    public FoundFiles Found { get; private set; } = new([], 0, []);

    /// <summary>Takes the saved cursors; call once, before the first <see cref="Refresh"/>.</summary>
    public void Restore(IReadOnlyList<FileCursor> saved)
    {
        _ended.AddRange(saved);
        Refresh();
        foreach (var cursor in _ended.ToList())
            FollowRotation(cursor);
    }

    /// <summary>Looks at the paths again: new files, renamed, truncated and gone ones.</summary>
    public void Refresh()
    {
        Found = finder.Find();
        var seen = new HashSet<FileIdentity>();
        foreach (var path in Found.Files)
        {
            if (!FileIdentity.TryRead(path, out var identity, out var size) || !seen.Add(identity))
                continue;
            See(path, identity, size);
        }

        foreach (var (identity, file) in _files)
            file.IsGone = !seen.Contains(identity);
    }

    /// <summary>Lets go of a file: it is gone and read to its end, or another one took its place.</summary>
    public void End(LogFile file)
    {
        _files.Remove(file.Cursor.Identity);
        _ended.Add(file.Cursor);
        file.Dispose();
    }

    /// <summary>Looks for what is left of a file that was truncated or replaced: a rotated copy beside it.</summary>
    public void FollowRotation(FileCursor cursor)
    {
        foreach (var path in RotatedFiles.Beside(cursor.Path))
        {
            if (!FileIdentity.TryRead(path, out var identity, out var size) || _files.ContainsKey(identity))
                continue;
            if ((cursor.Identity != identity && !IsTelling(cursor)) || !Holds(path, cursor))
                continue;
            Add(cursor with { Path = path, Identity = identity }, size);
            _ended.Remove(cursor);
            return;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }

    private void See(string path, FileIdentity identity, long size)
    {
        if (_files.TryGetValue(identity, out var file))
        {
            file.Path = path;
            if (file.TrySeeSize(size))
                return;
            End(file);
            FollowRotation(file.Cursor);
        }

        var cursor = TakeEnded(path, identity) ?? cursors.Create(path, identity, FileSignature.OfBeginning(path));
        Add(cursor, size);
    }

    private void Add(FileCursor cursor, long size)
    {
        var file = new LogFile(cursor, limits, scrubber);
        file.TrySeeSize(size);
        _files[cursor.Identity] = file;
    }

    // The same inode with the same content is the file as it was; the same content elsewhere is a rotated copy of a
    // file that is gone.
    private FileCursor? TakeEnded(string path, FileIdentity identity)
    {
        var cursor = _ended.Find(ended => ended.Identity == identity && Holds(path, ended))
            ?? _ended.Find(ended => IsGone(ended) && Holds(path, ended));
        if (cursor is null)
            return null;
        _ended.Remove(cursor);
        return cursor with { Path = path, Identity = identity };
    }

    private static bool IsGone(FileCursor cursor) =>
        IsTelling(cursor)
        && (!FileIdentity.TryRead(cursor.Path, out var now, out _) || now != cursor.Identity || !Holds(cursor.Path, cursor));

    // A file of which nothing was read, or whose beginning is not known, is recognised by its inode only.
    private static bool IsTelling(FileCursor cursor) => cursor is { Offset: > 0, Signature.HeadLength: > 0 };

    private static bool Holds(string path, FileCursor cursor)
    {
        try
        {
            using var log = LogContent.Open(path);
            return cursor.Signature.Matches(log, cursor.Offset);
        }
        catch (Exception failure) when (LogContent.IsReadFailure(failure))
        {
            return false;
        }
    }
}
