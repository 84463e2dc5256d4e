using System.Net.Sockets;

namespace Reeve.Store.ClickHouse;

/// <summary>Makes the HTTP connections to an endpoint.</summary>
internal static class StoreConnections
{
    /// <summary>With which process of the embedded store a ping was answered.</summary>
    public const string ProcessHeader = "X-Reeve-Process";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    public static HttpClient Create(StoreEndpoint endpoint)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            // Behind the idle limits of ClickHouse (keep_alive_timeout, 10 s or more) and of Kestrel.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
        };
        if (endpoint.Socket is { } path)
            handler.ConnectCallback = (_, token) => ConnectAsync(new UnixDomainSocketEndPoint(path), token);
        // Every request carries its own deadline.
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = endpoint.Address };
    }

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
