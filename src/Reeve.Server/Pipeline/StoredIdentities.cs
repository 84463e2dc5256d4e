using Reeve.Server.Storage;
using Reeve.Store.ClickHouse;
using Reeve.Store.Loading;

namespace Reeve.Server.Pipeline;

/// <summary>Reads from the store which events it received lately, so that they are known as duplicates after a restart.</summary>
internal sealed class StoredIdentities(StoreService store, RecentIdentities identities, TimeProvider time)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for the store and remembers what it received within the window.</summary>
    public async Task RememberAsync(RecentEvents recent, CancellationToken ct)
    {
        while (!await TryRememberAsync(recent, ct))
            await Task.Delay(Retry, time, ct);
    }

    private async Task<bool> TryRememberAsync(RecentEvents recent, CancellationToken ct)
    {
        await store.Ready.WaitAsync(ct);
        var since = time.GetUtcNow().UtcDateTime - RecentEvents.Window;
        try
        {
            await foreach (var identity in identities.ReadAsync(since, ct))
            {
                recent.TryAdd(identity.Fingerprint, identity.Received);
                if (identity.Primary)
                    recent.TryClaimPrimary(identity.RequestKey, identity.Received);
            }

            return true;
        }
        catch (ClickHouseException)
        {
            return false;
        }
    }
}
