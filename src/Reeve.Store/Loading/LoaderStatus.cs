namespace Reeve.Store.Loading;

/// <summary>How loading stands, at one moment.</summary>
/// <param name="LoadedRows">Rows stored since start.</param>
/// <param name="LoadedBatches">Batches stored since start.</param>
/// <param name="Retries">Tries that failed and were repeated, since start.</param>
/// <param name="RefusedRows">Events the store took only as text, since start.</param>
/// <param name="RejectedEntries">Entries written to the folder of rejects, since start.</param>
/// <param name="LostEvents">Events the store refused and that could not be read again from a damaged journal, since start.</param>
/// <param name="Lag">Entries in the journal that are not stored yet.</param>
/// <param name="Trouble">Why nothing is stored at the moment, in one line; null where all is well.</param>
public sealed record LoaderStatus(
    long LoadedRows,
    long LoadedBatches,
    long Retries,
    long RefusedRows,
    long RejectedEntries,
    long LostEvents,
    ulong Lag,
    string? Trouble);

/// <summary>A batch is stored: its events can be found.</summary>
/// <param name="First">The sequence of its first entry.</param>
/// <param name="End">The sequence after its last.</param>
/// <param name="Rows">How many events; fewer than the sequences where the journal has a gap.</param>
/// <param name="Earliest">The time of its earliest event, UTC.</param>
/// <param name="Latest">The time of its latest event, UTC.</param>
public sealed record EventsLoaded(ulong First, ulong End, int Rows, DateTime Earliest, DateTime Latest);
