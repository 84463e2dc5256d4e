using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Schema;
using Reeve.Store.Loading;

namespace Reeve.Store.Tests.Support;

/// <summary>A database of its own, with the current schema, in the shared embedded store.</summary>
internal sealed class EventStore : IAsyncDisposable
{
    private readonly string _database = $"e_{Guid.NewGuid():N}";

    private EventStore(EmbeddedStore store) =>
        Client = new ClickHouseHttp(StoreEndpoint.FromSocket(store.Socket) with { Database = _database }, TimeProvider.System);

    public ClickHouseHttp Client { get; }

    public static async Task<EventStore> CreateAsync(SharedStores stores) => await CreateAsync(await stores.EmbeddedAsync());

    /// <summary>Makes one in another store; with the schema of an older version where <paramref name="upTo"/> names it.</summary>
    public static async Task<EventStore> CreateAsync(EmbeddedStore embedded, uint upTo = uint.MaxValue)
    {
        var store = new EventStore(embedded);
        await store.Client.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await store.MigrateAsync(upTo);
        return store;
    }

    /// <summary>Adds what later versions added to the events, so that an older store takes today's rows.</summary>
    public async Task AddColumnsAsync()
    {
        foreach (var statement in Migration.All.SelectMany(migration => SchemaTemplate.Statements(migration.Text, StoreTopology.Single)))
        {
            if (statement.StartsWith("ALTER TABLE events ", StringComparison.Ordinal) && statement.Contains("ADD COLUMN", StringComparison.Ordinal))
                await Client.ExecuteAsync(statement, TestContext.Current.CancellationToken);
        }
    }

    public Task MigrateAsync() => MigrateAsync(uint.MaxValue);

    private Task MigrateAsync(uint upTo) =>
        new StoreSchema(Client, StoreTopology.Single, TimeProvider.System, NullLogger<StoreSchema>.Instance) { Migrations = Migration.All.Where(migration => migration.Version <= upTo) }
            .MigrateAsync(TestContext.Current.CancellationToken);

    /// <summary>Inserts events under the sequences from <paramref name="first"/> on.</summary>
    public async Task InsertAsync(ulong first, IEnumerable<SampleEvent> events, string? token = null)
    {
        using var rows = new RowBinaryWriter();
        var encoder = Samples.Encoder();
        var sequence = first;
        foreach (var sample in events)
            Assert.NotNull(encoder.Append(sequence++, sample.Entry(), rows));
        await Client.InsertAsync(
            "events", EventRowEncoder.Columns, new RowsContent(rows, 0, rows.Rows), token ?? $"{Samples.Server}-{first}-{sequence - 1}", TestContext.Current.CancellationToken);
    }

    public async Task<List<string>> ReadAsync(string sql)
    {
        var rows = new List<string>();
        await foreach (var row in Client.QueryAsync(sql, null, Line, ReadLimits.Interactive, TestContext.Current.CancellationToken))
            rows.Add(row);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.ExecuteAsync($"DROP DATABASE {_database} SYNC", CancellationToken.None);
        Client.Dispose();
    }

    private static string Line(System.Data.Common.DbDataReader row)
    {
        var values = new object[row.FieldCount];
        row.GetValues(values);
        return string.Join('|', values);
    }
}
