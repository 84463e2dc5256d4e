namespace Reeve.Store.ClickHouse;

/// <summary>Kills a query in the store when it is cancelled or abandoned before its end.</summary>
internal sealed class QueryKill : IAsyncDisposable
{
    private readonly ClickHouseHttp store;
    private readonly string queryId;
    private readonly CancellationTokenRegistration registration;
    private Task killing = Task.CompletedTask;
    private bool disarmed;

    public QueryKill(ClickHouseHttp store, string queryId, CancellationToken cancellationToken)
    {
        this.store = store;
        this.queryId = queryId;
        // Reading may be blocked on the answer: only the kill ends it.
        registration = cancellationToken.UnsafeRegister(_ => killing = store.TryKillAsync(queryId), null);
    }

    /// <summary>The query has ended by itself.</summary>
    public void Disarm() => disarmed = true;

    public async ValueTask DisposeAsync()
    {
        await registration.DisposeAsync();
        await killing;
        // Once more where it was not known to the store yet at the first time; killing what has ended does nothing.
        if (!disarmed)
            await store.TryKillAsync(queryId);
    }
}
