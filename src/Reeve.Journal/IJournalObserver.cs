namespace Reeve.Journaling;

/// <summary>
/// Hears what an operator should know, so that a log line can be written. Called on the journal's own threads, never two
/// calls about the same thing; an implementation must be quick, thread-safe and must not throw.
/// </summary>
public interface IJournalObserver
{
    /// <summary>Appends began to wait; called once per wait.</summary>
    void Blocked(JournalBlock block);

    /// <summary>The wait is over; nothing was lost.</summary>
    void Unblocked(JournalBlock block);

    /// <summary>A damaged region was met; called once per region.</summary>
    void Damaged(JournalDamage damage);

    /// <summary>An entry's place on the disk could not be trusted after a failed fsync; it was written again in a fresh segment.</summary>
    void Rewritten(string failedSegment, string error);

    /// <summary>No slot of a consumer's cursor could be read; it begins at the oldest entry again.</summary>
    void CursorLost(string consumer);
}
