namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// A SELECT under way on a connection. After an error or an early end the connection must be closed, not used again:
/// chdb keeps the unread output and would answer the next statement with it.
/// </summary>
internal sealed unsafe class ChdbQueryStream(ChdbLibrary library, nint connection, ChdbResult start, nint handle) : IDisposable
{
    private bool _ended = start.Error is not null;

    /// <summary>Why the query could not start; null where it did.</summary>
    public string? Error => start.Error;

    /// <summary>The next block, complete with the format's header; empty at the end; with <see cref="ChdbResult.Error"/> on failure.</summary>
    public ChdbResult Fetch()
    {
        var block = new ChdbResult(library, library.StreamFetch(connection, handle));
        _ended = block.Error is not null || block.Length == 0;
        return block;
    }

    public void Dispose()
    {
        if (!_ended)
            library.StreamCancelQuery(connection, handle);
        start.Dispose();
    }
}
