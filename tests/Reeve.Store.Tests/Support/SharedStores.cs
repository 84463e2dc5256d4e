[assembly: AssemblyFixture(typeof(Reeve.Store.Tests.Support.SharedStores))]

namespace Reeve.Store.Tests.Support;

/// <summary>One embedded store and one ClickHouse server for all tests; each is started by the first test that asks for it.</summary>
public sealed class SharedStores : IAsyncDisposable
{
    private readonly Lazy<Task<EmbeddedStore>> embedded = new(() => EmbeddedStore.StartAsync());
    private readonly Lazy<Task<ClickHouseServer>> server = new(ClickHouseServer.StartAsync);

    internal Task<EmbeddedStore> EmbeddedAsync()
    {
        Chdb.Require();
        return embedded.Value;
    }

    internal Task<ClickHouseServer> ServerAsync()
    {
        Chdb.Require();
        return server.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (embedded.IsValueCreated)
            await (await embedded.Value).DisposeAsync();
        if (server.IsValueCreated)
            await (await server.Value).DisposeAsync();
    }
}
