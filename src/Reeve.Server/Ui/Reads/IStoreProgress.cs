namespace Reeve.Server.Ui.Reads;

/// <summary>How far the store is, for pages that follow it. Thread-safe; read four times a second by every open page.</summary>
public interface IStoreProgress
{
    /// <summary>The latest state.</summary>
    StoreProgress Current { get; }
}

/// <summary>How far the store is.</summary>
/// <param name="Stored">Grows whenever more events can be searched; pages look again only when it changed.</param>
/// <param name="Waiting">Events accepted (fsynced in the journal) that cannot be searched yet.</param>
/// <param name="Trouble">Why nothing reaches the store at the moment, in one line; null where all is well.</param>
public sealed record StoreProgress(long Stored, ulong Waiting, string? Trouble);
