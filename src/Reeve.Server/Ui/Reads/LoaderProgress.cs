using Reeve.Store.Loading;

namespace Reeve.Server.Ui.Reads;

/// <summary>The progress of the loader of this server; nothing at all where none runs.</summary>
internal sealed class LoaderProgress(StoreLoader? loader) : IStoreProgress
{
    private static readonly StoreProgress Idle = new(0, 0, null);

    /// <inheritdoc/>
    public StoreProgress Current => loader?.Status is { } status ? new StoreProgress(status.LoadedRows, status.Lag, status.Trouble) : Idle;
}
