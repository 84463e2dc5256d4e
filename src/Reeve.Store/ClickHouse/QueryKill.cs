namespace Reeve.Store.ClickHouse;

/// <summary>Kills a query in the store when it is cancelled or abandoned before its end.</summary>
internal sealed class QueryKill : IAsyncDisposable
{
    private readonly ClickHouseHttp _store;
    private readonly string _queryId;
    private readonly CancellationTokenRegistration _registration;
    private Task _killing = Task.CompletedTask;
    private bool _disarmed;

    public QueryKill(ClickHouseHttp store, string queryId, CancellationToken cancellationToken)
    {
        _store = store;
        _queryId = queryId;
        // Reading may be blocked on the answer: only the kill ends it.
        _registration = cancellationToken.UnsafeRegister(_ => _killing = _store.TryKillAsync(_queryId), null);
    }

    /// <summary>The query has ended by itself.</summary>
    public void Disarm() => _disarmed = true;

    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync();
        await _killing;
        // Once more where it was not known to the store yet at the first time; killing what has ended does nothing.
        if (!_disarmed)
            await _store.TryKillAsync(_queryId);
    }
}
