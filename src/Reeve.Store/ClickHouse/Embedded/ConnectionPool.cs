using System.Threading.Channels;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// A fixed number of connections, each lent to one statement at a time. Waiting is bounded in number and time;
/// a connection that came back faulted is closed and opened anew for the next statement. Thread-safe.
/// </summary>
internal sealed class ConnectionPool
{
    private readonly Channel<ChdbConnection?> free;
    private readonly Func<ChdbConnection> open;
    private readonly int size;
    private readonly int mostWaiting;
    private readonly TimeSpan longestWait;
    private readonly TimeProvider time;
    private int waiting;

    public ConnectionPool(int size, int mostWaiting, TimeSpan longestWait, TimeProvider time, Func<ChdbConnection> open)
    {
        this.size = size;
        this.mostWaiting = mostWaiting;
        this.longestWait = longestWait;
        this.time = time;
        this.open = open;
        free = Channel.CreateBounded<ChdbConnection?>(size);
        for (var i = 0; i < size; i++)
            free.Writer.TryWrite(null);
    }

    /// <summary>Borrows a connection; null when too many wait already or none became free in time.</summary>
    public async ValueTask<Lease?> RentAsync(CancellationToken cancellationToken)
    {
        if (free.Reader.TryRead(out var connection))
            return Lend(connection);
        if (Interlocked.Increment(ref waiting) > mostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }

        using var deadline = new CancellationTokenSource(longestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return Lend(await free.Reader.ReadAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Closes every connection once it is free.</summary>
    public async Task CloseAsync()
    {
        for (var i = 0; i < size; i++)
            (await free.Reader.ReadAsync())?.Dispose();
    }

    private Lease Lend(ChdbConnection? connection)
    {
        try
        {
            return new Lease(this, connection ?? open());
        }
        catch
        {
            free.Writer.TryWrite(null);
            throw;
        }
    }

    private void Return(ChdbConnection connection, bool faulted)
    {
        if (faulted)
            connection.Dispose();
        free.Writer.TryWrite(faulted ? null : connection);
    }

    /// <summary>One loan of a connection.</summary>
    internal sealed class Lease(ConnectionPool pool, ChdbConnection connection) : IDisposable
    {
        private bool returned;

        public ChdbConnection Connection { get; } = connection;

        /// <summary>Set when the connection may hold something of the last statement and must not be used again.</summary>
        public bool Faulted { get; set; }

        public void Dispose()
        {
            if (!returned)
                pool.Return(Connection, Faulted);
            returned = true;
        }
    }
}
