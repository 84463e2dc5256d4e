namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// The engine with its connections: one for inserts and DDL, a pool for reads, one for KILL,
/// so that a read never waits behind an insert and a KILL never waits behind anything. Thread-safe.
/// </summary>
internal sealed class StoreEngine
{
    /// <summary>The engine's own folder inside the data folder.</summary>
    public const string Folder = "clickhouse";

    private readonly ChdbConnection _control;
    private readonly Lock _controlGate = new();

    private StoreEngine(ChdbConnection control, ConnectionPool writer, ConnectionPool readers)
    {
        _control = control;
        Writer = writer;
        Readers = readers;
    }

    /// <summary>The one connection for what changes something.</summary>
    public ConnectionPool Writer { get; }

    public ConnectionPool Readers { get; }

    /// <summary>Opens the data folder; null where the engine refuses, after it has said why on stderr.</summary>
    public static StoreEngine? Open(ChdbLibrary library, StoreHostOptions options, TimeProvider time)
    {
        var folder = Path.GetFullPath(options.DataFolder);
        string[] arguments =
        [
            "reeve-store",
            $"--path={Path.Combine(folder, Folder)}",
            $"--config-file={StoreConfiguration.Write(folder, options.MaxMemory)}",
        ];
        var first = ChdbConnection.Open(library, arguments);
        if (first is null)
            return null;
        return new StoreEngine(
            first,
            new ConnectionPool(1, options.WaitingReads, options.LongestWait, time, Connect),
            new ConnectionPool(options.Readers, options.WaitingReads, options.LongestWait, time, Connect));

        ChdbConnection Connect() =>
            ChdbConnection.Open(library, arguments) ?? throw new InvalidOperationException("the embedded store refused another connection");
    }

    public (StatementKind Kind, int Statements) Classify(string sql)
    {
        lock (_controlGate)
            return _control.Classify(sql);
    }

    /// <summary>Asks the query with this id to stop; it may not have started yet, so ask until it is gone.</summary>
    public void Kill(string queryId) => KillWhere($"Settings['log_comment'] = {SqlText.Quote(queryId)}");

    /// <summary>Stops what runs and closes every connection: exiting with an open one crashes the process.</summary>
    public async Task CloseAsync()
    {
        var closing = Task.WhenAll(Writer.CloseAsync(), Readers.CloseAsync());
        while (!closing.IsCompleted)
        {
            KillWhere("Settings['log_comment'] != ''");
            await Task.WhenAny(closing, Task.Delay(TimeSpan.FromMilliseconds(100)));
        }

        await closing;
        _control.Dispose();
    }

    private void KillWhere(string condition)
    {
        lock (_controlGate)
        {
            using var result = _control.Query($"KILL QUERY WHERE {condition} ASYNC", "Null");
        }
    }
}
