using Reeve.Store.Query;

namespace Reeve.Server.Ui.Search;

/// <summary>Whether an event stands in the store, or was only read to be shown.</summary>
internal static class EventPresence
{
    /// <summary>An event that is stored has an id.</summary>
    public static bool IsStored(this StoredEvent row) => row.Id != default;
}
