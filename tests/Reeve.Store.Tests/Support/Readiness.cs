using Reeve.Store.ClickHouse;

namespace Reeve.Store.Tests.Support;

/// <summary>Waits until a store answers, or its process has ended.</summary>
internal static class Readiness
{
    private static readonly ReadLimits Probe = new(TimeSpan.FromSeconds(5), 64 << 20, 1, 0);

    public static async Task WaitAsync(IClickHouse store, Child child)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (child.HasExited)
                throw new InvalidOperationException($"the store ended before it answered: {child.Output}");
            try
            {
                await foreach (var _ in store.QueryAsync("SELECT 1", null, r => r.GetValue(0), Probe, CancellationToken.None))
                    return;
            }
            catch (ClickHouseException e) when (e.Code == 81)
            {
                await store.CreateDatabaseAsync(CancellationToken.None);
            }
            catch (ClickHouseException e) when (e.Failure == StoreFailure.Unavailable)
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }
}
