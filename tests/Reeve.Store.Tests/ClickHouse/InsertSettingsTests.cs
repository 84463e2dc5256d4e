using System.Net;
using System.Net.Sockets;
using Reeve.Store.ClickHouse;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.ClickHouse;

/// <summary>What an insert asks of the store beside taking the rows.</summary>
public sealed class InsertSettingsTests
{
    [Theory]
    [InlineData("insert_deduplication_token=s-1-2")]
    [InlineData("async_insert=0")]
    // A Distributed table answers when the rows are on the shards, not when they are queued.
    [InlineData("distributed_foreground_insert=1")]
    public async Task Insert_is_acknowledged_only_when_it_is_done(string setting)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var request = ReadRequestAsync(listener);
        Assert.True(StoreEndpoint.TryParse($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", out var endpoint, out _));
        using var store = new ClickHouseHttp(endpoint, TimeProvider.System);
        await Assert.ThrowsAsync<ClickHouseException>(
            () => store.InsertAsync("t", ["n", "text"], Tables.Rows(0, 1), "s-1-2", TestContext.Current.CancellationToken));
        Assert.Contains($"&{setting}&", await request, StringComparison.Ordinal);
    }

    // Takes the first line and hangs up.
    private static async Task<string> ReadRequestAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
    }
}
