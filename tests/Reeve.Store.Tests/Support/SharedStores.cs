[assembly: AssemblyFixture(typeof(Reeve.Store.Tests.Support.SharedStores))]

namespace Reeve.Store.Tests.Support;

/// <summary>One embedded store and one ClickHouse server for all tests; each is started by the first test that asks for it.</summary>
public sealed class SharedStores : IAsyncDisposable
{
    private readonly Lazy<Task<EmbeddedStore>> _embedded = new(() => EmbeddedStore.StartAsync());
    private readonly Lazy<Task<ClickHouseServer>> _server = new(ClickHouseServer.StartAsync);

    internal Task<EmbeddedStore> EmbeddedAsync()
    {
        Chdb.Require();
        return _embedded.Value;
    }

    internal Task<ClickHouseServer> ServerAsync()
    {
        Chdb.Require();
        return _server.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded.IsValueCreated)
            await (await _embedded.Value).DisposeAsync();
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }
}
