using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Reeve.Audit.Requests;
using Reeve.Server.State;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>
/// Keeps a <see cref="FindingState"/> in the state database. What <see cref="Save(FindingState)"/> returned from is on the disk; killed within, the state
/// of before is there, with the position that belongs to it.
/// </summary>
internal sealed class FindingStateStore(StateDatabase database, FindingLimits limits)
{
    /// <summary>The state as saved last; at <paramref name="start"/> where there is none.</summary>
    public FindingState Load(ulong start) => database.Read(connection =>
    {
        var positions = connection.Query("SELECT position FROM finding_position", row => (ulong)row.GetInt64(0));
        var state = new FindingState(positions is [var position] ? position : start, limits);
        foreach (var lane in connection.Query("SELECT id, source, cluster, host, stream, watermark, live, sequence FROM finding_lane", ReadLane))
            state.Lanes.Add(lane);
        foreach (var request in connection.Query("SELECT request, cut, sequence, time, lane FROM finding_request ORDER BY sequence", ReadRequest))
            state.Open.Restore(request);
        foreach (var (source, cluster) in connection.Query("SELECT source, cluster FROM finding_answering", row => (row.GetString(0), row.GetString(1))))
            state.RestoreAnswering(source, cluster);
        return state;
    });

    /// <summary>Forgets all that was known, as of a journal that is not there any more, and begins at a position.</summary>
    public FindingState BeginAnew(ulong start)
    {
        database.Write(connection =>
        {
            foreach (var table in (ReadOnlySpan<string>)["finding_position", "finding_lane", "finding_request", "finding_answering"])
                connection.Execute($"DELETE FROM {table}");
        });
        return new FindingState(start, limits);
    }

    /// <summary>Saves what has changed, in one transaction.</summary>
    /// <exception cref="SqliteException">The database does not take it; nothing was saved, and it can be called again.</exception>
    public void Save(FindingState state)
    {
        database.Write(connection =>
        {
            connection.Execute("INSERT OR REPLACE INTO finding_position (id, position) VALUES (1, $position)", ("$position", (long)state.Position));
            foreach (var id in state.Lanes.Forgotten)
                connection.Execute("DELETE FROM finding_lane WHERE id = $id", ("$id", id));
            foreach (var lane in state.Lanes.Changed)
                Save(connection, lane);
            foreach (var (source, cluster) in state.NewlyAnswering)
                connection.Execute("INSERT OR IGNORE INTO finding_answering (source, cluster) VALUES ($source, $cluster)", ("$source", source), ("$cluster", cluster));
            SaveRequests(connection, state.Open);
        });
        state.Saved();
    }

    private static void Save(SqliteConnection connection, Lane lane) => connection.Execute(
        """
        INSERT INTO finding_lane (id, source, cluster, host, stream, watermark, live, sequence)
        VALUES ($id, $source, $cluster, $host, $stream, $watermark, $live, $sequence)
        ON CONFLICT (id) DO UPDATE SET watermark = $watermark, live = $live, sequence = $sequence
        """,
        ("$id", lane.Id), ("$source", lane.Key.Source), ("$cluster", lane.Key.Cluster), ("$host", lane.Key.Host), ("$stream", lane.Key.Stream),
        ("$watermark", SqliteTime.Of(lane.Watermark)), ("$live", lane.IsLive ? 1 : 0), ("$sequence", (long)lane.Sequence));

    // A batch can open and close thousands: one statement each, prepared once.
    private static void SaveRequests(SqliteConnection connection, OpenRequests open)
    {
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM finding_request WHERE request = $request";
        var deleted = delete.Parameters.Add("$request", SqliteType.Blob);
        foreach (var key in open.Removed)
        {
            deleted.Value = Bytes(key);
            delete.ExecuteNonQuery();
        }

        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT OR REPLACE INTO finding_request (request, cut, sequence, time, lane) VALUES ($request, $cut, $sequence, $time, $lane)";
        var (request, cut) = (insert.Parameters.Add("$request", SqliteType.Blob), insert.Parameters.Add("$cut", SqliteType.Blob));
        var (sequence, time) = (insert.Parameters.Add("$sequence", SqliteType.Integer), insert.Parameters.Add("$time", SqliteType.Integer));
        var lane = insert.Parameters.Add("$lane", SqliteType.Integer);
        foreach (var added in open.Added)
        {
            (request.Value, cut.Value) = (Bytes(added.Key), Bytes(added.CutKey));
            (sequence.Value, time.Value, lane.Value) = ((long)added.Sequence, SqliteTime.Of(added.Time), added.Lane);
            insert.ExecuteNonQuery();
        }
    }

    private static Lane ReadLane(SqliteDataReader row) => Lane.Restore(
        row.GetInt32(0), new LaneKey(row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4)),
        SqliteTime.Read(row.GetInt64(5)), row.GetBoolean(6), (ulong)row.GetInt64(7));

    private static OpenRequest ReadRequest(SqliteDataReader row) => new(
        BinaryPrimitives.ReadUInt128BigEndian(row.GetFieldValue<byte[]>(0)), BinaryPrimitives.ReadUInt128BigEndian(row.GetFieldValue<byte[]>(1)),
        (ulong)row.GetInt64(2), SqliteTime.Read(row.GetInt64(3)), row.GetInt32(4));

    private static byte[] Bytes(UInt128 key)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
        return bytes;
    }
}
