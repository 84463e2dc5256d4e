namespace Reeve.Server.Sources.Files;

/// <summary>
/// The files a source reads now. Follows each by identity through renames, begins anew where one was truncated or
/// replaced, and goes on in a rotated copy where the original is gone. Not thread-safe.
/// </summary>
/// <param name="finder">Looks at the source's paths.</param>
/// <param name="cursors">Where cursors are saved.</param>
/// <param name="signatures">Recognises content.</param>
/// <param name="open">Makes a file from its cursor.</param>
internal sealed class OpenFiles(
    LogFileFinder finder, FileCursors cursors, FileSignatures signatures, Func<FileCursor, LogFile> open) : IDisposable
{
    // Of a log that is copied and then truncated, the copy is there first: it gets this many looks to turn out as one.
    private const int LooksAtCopy = 5;

    private readonly Dictionary<FileIdentity, LogFile> _files = [];
    private readonly Dictionary<FileIdentity, int> _copies = [];
    private readonly List<FileCursor> _ended = [];

    /// <summary>The files.</summary>
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

    /// <summary>Looks at the paths again: new files, renamed, truncated and gone ones. All cursors must be saved.</summary>
    public void Refresh()
    {
        Found = finder.Find();
        var seen = new Dictionary<FileIdentity, (string Path, FileStat Stat)>();
        foreach (var path in Found.Files)
        {
            if (FileStat.TryRead(path, out var stat))
                seen.TryAdd(stat.Identity, (path, stat));
        }

        foreach (var (identity, file) in _files)
            file.IsGone = !seen.ContainsKey(identity);
        foreach (var (path, stat) in seen.Values)
            See(path, stat);
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
            if (!FileStat.TryRead(path, out var stat) || _files.ContainsKey(stat.Identity))
                continue;
            if ((cursor.Identity != stat.Identity && !IsTelling(cursor)) || !signatures.Match(cursor, path))
                continue;
            Add(cursor with { Path = path, Identity = stat.Identity }, stat);
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

    private void See(string path, FileStat stat)
    {
        if (_files.TryGetValue(stat.Identity, out var file))
        {
            file.Path = path;
            if (file.TrySeeSize(stat.Size))
                return;
            End(file);
            FollowRotation(file.Cursor);
        }

        if (TakeEnded(path, stat.Identity) is { } known)
            Add(known, stat);
        else if (stat.Size > 0 && !MayBeCopy(path, stat.Identity))
            Add(cursors.Create(path, stat.Identity, signatures.OfBeginning(path)), stat);
    }

    private void Add(FileCursor cursor, FileStat stat)
    {
        var file = open(cursor);
        file.TrySeeSize(stat.Size);
        _files[cursor.Identity] = file;
        _copies.Remove(cursor.Identity);
    }

    // The same inode with the same content is the file as it was; the same content elsewhere is a rotated copy of a
    // file that is gone.
    private FileCursor? TakeEnded(string path, FileIdentity identity)
    {
        foreach (var gone in _files.Values.Where(file => file.IsGone && IsTelling(file.Cursor)).ToList())
        {
            if (signatures.Match(gone.Cursor, path))
                End(gone);
        }

        var cursor = _ended.Find(ended => ended.Identity == identity && signatures.Match(ended, path))
            ?? _ended.Find(ended => IsGone(ended) && signatures.Match(ended, path));
        if (cursor is null)
            return null;
        _ended.Remove(cursor);
        return cursor with { Path = path, Identity = identity };
    }

    private bool MayBeCopy(string path, FileIdentity identity)
    {
        if (!_files.Values.Any(file => IsTelling(file.Cursor) && signatures.Match(file.Cursor, path)))
            return false;
        var looks = _copies.GetValueOrDefault(identity) + 1;
        _copies[identity] = looks;
        return looks <= LooksAtCopy;
    }

    private bool IsGone(FileCursor cursor) =>
        IsTelling(cursor)
        && (!FileStat.TryRead(cursor.Path, out var now) || now.Identity != cursor.Identity || !signatures.Match(cursor, cursor.Path));

    // A file of which nothing was read, or whose beginning is not known, is recognised by its inode only.
    private static bool IsTelling(FileCursor cursor) => cursor is { Offset: > 0, Signature.HeadLength: > 0 };
}
