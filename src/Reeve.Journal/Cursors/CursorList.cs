using System.Buffers;
using Reeve.Journaling.Files;

namespace Reeve.Journaling.Cursors;

/// <summary>The registered consumers: those whose cursor file exists. Thread-safe.</summary>
internal sealed class CursorList : IDisposable
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly Lock _gate = new();
    private readonly IJournalFileSystem _files;
    private readonly string _folder;
    private readonly Dictionary<string, JournalCursor> _cursors = new(StringComparer.Ordinal);

    private CursorList(IJournalFileSystem files, string folder)
    {
        _files = files;
        _folder = folder;
    }

    /// <summary>The lowest sequence a consumer still needs; null without consumers.</summary>
    public ulong? Lowest
    {
        get
        {
            lock (_gate)
                return _cursors.Count == 0 ? null : _cursors.Values.Min(cursor => cursor.Needed);
        }
    }

    /// <summary>The highest sequence any cursor names: numbers below it have been given out.</summary>
    public ulong Highest
    {
        get
        {
            lock (_gate)
                return _cursors.Values.Select(cursor => cursor.Named).DefaultIfEmpty(0ul).Max();
        }
    }

    /// <summary>Every consumer and its position.</summary>
    public IReadOnlyDictionary<string, ulong> Positions
    {
        get
        {
            lock (_gate)
                return _cursors.ToDictionary(pair => pair.Key, pair => pair.Value.Position, StringComparer.Ordinal);
        }
    }

    /// <summary>Reads every cursor of the folder; one that cannot be read begins at <paramref name="oldest"/>.</summary>
    public static CursorList Load(IJournalFileSystem files, string folder, ulong oldest, IJournalObserver? observer)
    {
        var list = new CursorList(files, folder);
        foreach (var name in files.List(folder).Where(name => name.EndsWith(CursorFile.Extension, StringComparison.Ordinal)))
        {
            var consumer = name[..^CursorFile.Extension.Length];
            var file = CursorFile.Open(files, folder, consumer);
            if (file.Current is null)
                observer?.CursorLost(consumer);
            list._cursors.Add(consumer, new JournalCursor(consumer, file, oldest));
        }

        return list;
    }

    /// <summary>Tells the cursors whose entries they count.</summary>
    public void Attach(Journal journal)
    {
        lock (_gate)
        {
            foreach (var cursor in _cursors.Values)
                cursor.Attach(journal);
        }
    }

    /// <summary>The consumer's cursor; where there is none, a new one at the journal's oldest entry.</summary>
    public JournalCursor Open(string consumer, Journal journal)
    {
        if (consumer.Length is 0 or > 64 || consumer.AsSpan().ContainsAnyExcept(NameCharacters))
            throw new ArgumentException($"a consumer's name is 1 to 64 of a-z, 0-9 and -, not '{consumer}'", nameof(consumer));
        lock (_gate)
        {
            if (!_cursors.TryGetValue(consumer, out var cursor))
            {
                var start = journal.OldestSequence;
                cursor = new JournalCursor(consumer, CursorFile.Create(_files, _folder, consumer, start), start);
                cursor.Attach(journal);
                _cursors.Add(consumer, cursor);
            }

            return cursor;
        }
    }

    /// <summary>Forgets a consumer; it no longer holds entries back.</summary>
    public void Remove(string consumer)
    {
        lock (_gate)
        {
            if (!_cursors.Remove(consumer, out var cursor))
                return;
            cursor.Close();
            _files.Delete(Path.Combine(_folder, consumer + CursorFile.Extension));
            _files.SyncFolder(_folder);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var cursor in _cursors.Values)
                cursor.Close();
        }
    }
}
