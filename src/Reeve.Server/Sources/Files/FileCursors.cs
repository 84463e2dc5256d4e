using Microsoft.Data.Sqlite;
using Reeve.Journaling;
using Reeve.Server.State;

namespace Reeve.Server.Sources.Files;

/// <summary>
/// The cursors of one file source, in the state database. They may lag behind the journal, never run ahead of it: what
/// the journal holds past them is given to <see cref="MoveOn"/> at start.
/// </summary>
/// <param name="state">The state database.</param>
/// <param name="source">The source's name.</param>
/// <param name="journal">Holds back the segments whose positions are not saved here yet.</param>
internal sealed class FileCursors(StateDatabase state, string source, JournalCursor journal)
{
    private const string Columns =
        "stream, path, device, inode, offset, line, head_length, head, tail_length, tail";

    /// <summary>
    /// Moves the saved cursors of all sources on to what the journal already holds; before any source starts.
    /// </summary>
    /// <param name="state">The state database.</param>
    /// <param name="journalled">The last position in the journal, by stream.</param>
    public static void MoveOn(StateDatabase state, IReadOnlyDictionary<long, (long Offset, long Line)> journalled) =>
        state.Write(connection =>
        {
            foreach (var (stream, position) in journalled)
            {
                connection.Execute(
                    """
                    UPDATE file_cursor SET offset = $offset, line = $line, tail_length = 0, tail = ''
                    WHERE stream = $stream AND offset < $offset
                    """,
                    ("$stream", stream), ("$offset", position.Offset), ("$line", position.Line));
            }
        });

    /// <summary>The saved cursors.</summary>
    public IReadOnlyList<FileCursor> Load() => state.Read(connection => connection.Query(
        $"SELECT {Columns} FROM file_cursor WHERE source = $source ORDER BY stream", Read, ("$source", source)));

    /// <summary>Makes the cursor of a file that was never read.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="identity">Which file it is.</param>
    /// <param name="signature">Its beginning, so that another file with the same inode is not taken for it later.</param>
    public FileCursor Create(string path, FileIdentity identity, FileSignature signature)
    {
        var stream = state.Write(connection => connection.Query(
            """
            INSERT INTO file_cursor (source, path, device, inode, head_length, head)
            VALUES ($source, $path, $device, $inode, $head_length, $head) RETURNING stream
            """,
            row => row.GetInt64(0),
            ("$source", source), ("$path", path), ("$device", identity.Device), ("$inode", identity.Inode),
            ("$head_length", signature.HeadLength), ("$head", signature.Head)))[0];
        return new(stream, path, identity, Offset: 0, Line: 0, signature);
    }

    /// <summary>Saves positions that are fsynced in the journal, whose entries below <paramref name="end"/> they cover.</summary>
    public void Save(IReadOnlyList<FileCursor> cursors, ulong end)
    {
        state.Write(connection =>
        {
            foreach (var cursor in cursors)
                Save(connection, cursor);
        });
        Release(end);
    }

    /// <summary>Lets the journal forget what this source needs no longer.</summary>
    /// <param name="end">Everything of this source below it is saved.</param>
    /// <exception cref="IOException">The disk failed; it can be called again.</exception>
    public void Release(ulong end)
    {
        if (end > journal.Position)
            journal.Save(end);
    }

    private static void Save(SqliteConnection connection, FileCursor cursor) => connection.Execute(
        """
        UPDATE file_cursor
        SET path = $path, device = $device, inode = $inode, offset = $offset, line = $line,
            head_length = $head_length, head = $head, tail_length = $tail_length, tail = $tail
        WHERE stream = $stream
        """,
        ("$path", cursor.Path), ("$device", cursor.Identity.Device), ("$inode", cursor.Identity.Inode),
        ("$offset", cursor.Offset), ("$line", cursor.Line),
        ("$head_length", cursor.Signature.HeadLength), ("$head", cursor.Signature.Head),
        ("$tail_length", cursor.Signature.TailLength), ("$tail", cursor.Signature.Tail),
        ("$stream", cursor.Stream));

    private static FileCursor Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        new(row.GetInt64(2), row.GetInt64(3)),
        row.GetInt64(4),
        row.GetInt64(5),
        new(row.GetInt32(6), row.GetString(7), row.GetInt32(8), row.GetString(9)));
}
