using System.Threading;
using Reeve.Store.ClickHouse;
using Reeve.Store.Loading;

namespace Reeve.Server.Pipeline;

/// <summary>Reads from the store which events it received lately, so that they are known as duplicates after a restart.</summary>
/// <param name="ready">Completes once the store can be read.</param>
/// <param name="identities">What is read.</param>
/// <param name="time">The clock.</param>
internal sealed class StoredIdentities(Task ready, RecentIdentities identities, TimeProvider time)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Remembers what the store received within the window, however long that takes once the store answers.
    /// </summary>
    /// <param name="recent">Where it is remembered.</param>
    /// <param name="patience">How long the store may stay silent; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>False where the store stayed silent for <paramref name="patience"/>.</returns>
    public async Task<bool> RememberAsync(RecentEvents recent, TimeSpan patience, CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        try
        {
            await ready.WaitAsync(either.Token);
            while (!await TryReadAsync(recent, silence, patience, either.Token))
                await Task.Delay(Retry, time, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> TryReadAsync(RecentEvents recent, CancellationTokenSource silence, TimeSpan patience, CancellationToken ct)
    {
        var since = time.GetUtcNow().UtcDateTime - RecentEvents.Window;
        var answered = false;
        try
        {
            await foreach (var identity in identities.ReadAsync(since, ct))
            {
                if (!answered)
                    silence.CancelAfter(Timeout.InfiniteTimeSpan);
                answered = true;
                recent.TryAdd(identity.Fingerprint, identity.Received);
                if (identity.Primary)
                    recent.TryClaimPrimary(identity.RequestKey, identity.Received);
            }

            return true;
        }
        catch (ClickHouseException)
        {
            if (answered)
                silence.CancelAfter(patience);
            return false;
        }
    }
}
