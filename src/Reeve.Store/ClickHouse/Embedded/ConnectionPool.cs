using System.Threading.Channels;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// A fixed number of connections, each lent to one statement at a time. Waiting is bounded in number and time;
/// a connection that came back faulted is closed and opened anew for the next statement. Thread-safe.
/// </summary>
internal sealed class ConnectionPool
{
    private readonly Channel<ChdbConnection?> _free;
    private readonly Func<ChdbConnection> _open;
    private readonly int _size;
    private readonly int _mostWaiting;
    private readonly TimeSpan _longestWait;
    private readonly TimeProvider _time;
    private int _waiting;

    public ConnectionPool(int size, int mostWaiting, TimeSpan longestWait, TimeProvider time, Func<ChdbConnection> open)
    {
        _size = size;
        _mostWaiting = mostWaiting;
        _longestWait = longestWait;
        _time = time;
        _open = open;
        _free = Channel.CreateBounded<ChdbConnection?>(_size);
        for (var i = 0; i < _size; i++)
            _free.Writer.TryWrite(null);
    }

    /// <summary>Borrows a connection; null when too many wait already or none became free in time.</summary>
    public async ValueTask<Lease?> RentAsync(CancellationToken cancellationToken)
    {
        if (_free.Reader.TryRead(out var connection))
            return Lend(connection);
        if (Interlocked.Increment(ref _waiting) > _mostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        using var deadline = new CancellationTokenSource(_longestWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return Lend(await _free.Reader.ReadAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Closes every connection once it is free.</summary>
    public async Task CloseAsync()
    {
        for (var i = 0; i < _size; i++)
            (await _free.Reader.ReadAsync())?.Dispose();
    }

    private Lease Lend(ChdbConnection? connection)
    {
        try
        {
            return new Lease(this, connection ?? _open());
        }
        catch
        {
            _free.Writer.TryWrite(null);
            throw;
        }
    }

    private void Return(ChdbConnection connection, bool faulted)
    {
        if (faulted)
            connection.Dispose();
        _free.Writer.TryWrite(faulted ? null : connection);
    }

    /// <summary>One loan of a connection.</summary>
    internal sealed class Lease(ConnectionPool pool, ChdbConnection connection) : IDisposable
    {
        private bool _returned;

        public ChdbConnection Connection { get; } = connection;

        /// <summary>Set when the connection may hold something of the last statement and must not be used again.</summary>
        public bool Faulted { get; set; }

        public void Dispose()
        {
            if (!_returned)
                pool.Return(Connection, Faulted);
            _returned = true;
        }
    }
}
