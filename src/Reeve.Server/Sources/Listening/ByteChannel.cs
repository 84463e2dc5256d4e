using System.Net.Sockets;

namespace Reeve.Server.Sources.Listening;

/// <summary>
/// The bytes of a connection, as they came or out of TLS. A connection that breaks ends like one that is closed. For one
/// reader and one writer; whoever opened it disposes of it.
/// </summary>
/// <param name="socket">The connection.</param>
/// <param name="stream">What is read of it and written to it.</param>
internal sealed class ByteChannel(Socket socket, Stream stream)
{
    /// <summary>Whether something has arrived that was not received.</summary>
    public bool HasArrived
    {
        get
        {
            try
            {
                return socket.Available > 0;
            }
            catch (SocketException)
            {
                // It broke; the next read says so.
                return false;
            }
        }
    }

    /// <summary>Waits until something has arrived or the connection has ended; takes no memory for it.</summary>
    public async ValueTask WaitAsync(CancellationToken ct) => await ReceiveAsync(Memory<byte>.Empty, ct);

    /// <summary>Receives what has arrived.</summary>
    /// <param name="memory">Where to.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>How many bytes; 0 when the connection has ended.</returns>
    public async ValueTask<int> ReceiveAsync(Memory<byte> memory, CancellationToken ct)
    {
        try
        {
            return await stream.ReadAsync(memory, ct);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Sends all of it.</summary>
    /// <returns>Whether it could be sent.</returns>
    public async ValueTask<bool> TrySendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await stream.WriteAsync(bytes, ct);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
