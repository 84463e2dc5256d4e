using Reeve.Server.State;

namespace Reeve.Server.Alerts;

/// <summary>What detection knew at a position of the journal.</summary>
/// <param name="Position">The journal's sequence that is read next.</param>
/// <param name="State">What the engine wrote.</param>
internal sealed record SavedDetection(ulong Position, byte[] State);

/// <summary>Keeps the state of detection in the state database, with the position it belongs to. Thread-safe.</summary>
internal sealed class DetectionStateStore(StateDatabase database)
{
    /// <summary>What was saved last; null where nothing was.</summary>
    public SavedDetection? Load() => database.Read(connection =>
        connection.Query("SELECT position, state FROM detection_state", row => new SavedDetection((ulong)row.GetInt64(0), row.GetFieldValue<byte[]>(1)))) is [var saved] ? saved : null;

    /// <summary>Saves it; it is on the disk when this returns.</summary>
    public void Save(SavedDetection saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        database.Write(connection => connection.Execute(
            "INSERT OR REPLACE INTO detection_state (id, position, state) VALUES (1, $position, $state)",
            ("$position", (long)saved.Position), ("$state", saved.State)));
    }

    /// <summary>Forgets it, as of a journal that is not there any more.</summary>
    public void Forget() => database.Write(connection => connection.Execute("DELETE FROM detection_state"));
}
