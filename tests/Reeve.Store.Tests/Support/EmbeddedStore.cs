using Reeve.Store.ClickHouse;

namespace Reeve.Store.Tests.Support;

/// <summary>The embedded store in a child process over a folder of its own. One is shared by all tests of the assembly: each uses its own table.</summary>
internal sealed class EmbeddedStore : IAsyncDisposable
{
    /// <summary>The mode of the test program that hosts the store.</summary>
    public const string Command = "store-host";

    private readonly long _maxMemory;
    private readonly TemporaryFolder _folder = new();

    private EmbeddedStore(long maxMemory)
    {
        _maxMemory = maxMemory;
        Client = new ClickHouseHttp(StoreEndpoint.FromSocket(Socket), TimeProvider.System);
        Child = Start();
    }

    public string Data => _folder["store"];

    public string Socket => _folder["store.sock"];

    public ClickHouseHttp Client { get; }

    public Child Child { get; private set; }

    /// <summary>Starts a store and waits until it answers; skips the test where the library is not installed.</summary>
    public static async Task<EmbeddedStore> StartAsync(long maxMemory = 1L << 30)
    {
        Chdb.Require();
        var store = new EmbeddedStore(maxMemory);
        await Readiness.WaitAsync(store.Client, store.Child);
        return store;
    }

    /// <summary>Starts it again over the same folder after its process has ended.</summary>
    public async Task RestartAsync()
    {
        await Child.DisposeAsync();
        Child = Start();
        await Readiness.WaitAsync(Client, Child);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Child.DisposeAsync();
        _folder.Dispose();
    }

    private Child Start() => new(Command, Data, Socket, _maxMemory.ToString());
}
