using Reeve.Server.Telemetry;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Embedded;

namespace Reeve.Server.Storage;

/// <summary>Whether the store answers.</summary>
internal sealed class StoreReadiness(StoreService service, IEnumerable<StoreProcess> embedded, IClickHouse store) : IReadinessCheck
{
    /// <inheritdoc/>
    public string Name => "store";

    /// <inheritdoc/>
    public async ValueTask<Readiness> CheckAsync(CancellationToken cancellationToken)
    {
        if (service.Unusable is { } reason)
            return new Readiness(Ready: false, reason);
        if (!service.Ready.IsCompleted)
            return new Readiness(Ready: false, embedded.FirstOrDefault()?.LastLine ?? "the store is starting");
        try
        {
            await store.PingAsync(cancellationToken);
            return new Readiness(Ready: true, "the store answers");
        }
        catch (ClickHouseException failure)
        {
            return new Readiness(Ready: false, failure.Message, "events are kept in the journal until it answers again");
        }
    }
}
