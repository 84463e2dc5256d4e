using Reeve.Store.ClickHouse.Schema;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Schema;

public sealed class StoreSchemaTests(SharedStores stores)
{
    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var store = await EventStore.CreateAsync(stores);
        await store.MigrateAsync();
        Assert.Equal(Migration.All.Select(migration => $"{migration.Version}|{migration.Name}"), await store.ReadAsync("SELECT version, name FROM schema_versions ORDER BY version"));
    }

    [Fact]
    public async Task Store_of_a_newer_Reeve_is_refused_with_both_versions()
    {
        await using var store = await EventStore.CreateAsync(stores);
        await store.Client.ExecuteAsync("INSERT INTO schema_versions VALUES (99, 'later', 0)", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<SchemaTooNewException>(store.MigrateAsync);
        Assert.StartsWith($"The store has schema version 99, this Reeve knows up to {StoreSchema.Current}:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_sent_again_doubles_neither_events_nor_roll_up()
    {
        await using var store = await EventStore.CreateAsync(stores);
        SampleEvent[] events =
        [
            Samples.Of(Samples.Json().ToJsonString()),
            Samples.Of(Samples.Json().ToJsonString(), Samples.Noon.AddDays(-3)),
            Samples.Of(Samples.Json("delete").ToJsonString(), Samples.Noon.AddDays(-3).AddSeconds(5)),
        ];
        for (var send = 0; send < 3; send++)
            await store.InsertAsync(1, events);
        await store.InsertAsync(4, events);

        Assert.Equal(["6"], await store.ReadAsync("SELECT count() FROM events"));
        Assert.Equal(
            ["resource-access|4", "resource-change|2"],
            await store.ReadAsync("SELECT category, sum(events) FROM events_minute GROUP BY category ORDER BY category"));
        foreach (var table in (string[])["overview_minute", "overview_hour"])
        {
            Assert.Equal(
                ["actor:alice|6", "category:resource-access|4", "category:resource-change|2", "deleted:5:alicepods|2", "namespace:shop|6", "tool:kubectl/|6"],
                await store.ReadAsync($"SELECT counted, sum(requests) FROM {table} GROUP BY counted ORDER BY counted"));
        }
    }

    [Fact]
    public async Task Events_stored_before_there_was_an_overview_are_in_it()
    {
        // A store of its own: the other tests would wait for its writer.
        await using var embedded = await EmbeddedStore.StartAsync();
        await using var store = await EventStore.CreateAsync(embedded, upTo: 1);
        await store.AddColumnsAsync();
        var events = Enumerable.Range(0, 12)
            .Select(day => Samples.Of(Samples.Json(day % 2 == 0 ? "get" : "delete", user: $"u{day % 3}").ToJsonString(), Samples.Noon.AddDays(-day), primary: day % 5 != 4))
            .ToList();
        foreach (var (first, some) in events.Chunk(5).Index())
            await store.InsertAsync((ulong)(first * 5) + 1, some);

        await store.MigrateAsync();
        var filled = await OverviewAsync(1);
        // What a crash right before the end of the migration leaves.
        await store.Client.ExecuteAsync("TRUNCATE TABLE schema_versions", TestContext.Current.CancellationToken);
        await store.MigrateAsync();
        Assert.Equal(filled, await OverviewAsync(1));
        Assert.NotEmpty(filled);
        Assert.Equal(["2026-11-23 12:00:00"], await store.ReadAsync("SELECT DISTINCT formatDateTime(minute, '%F %T') FROM overview_minute WHERE day = '2026-11-23'"));

        // The same events again, counted as they come: all is doubled.
        foreach (var (first, some) in events.Chunk(5).Index())
            await store.InsertAsync((ulong)(first * 5) + 1000, some);
        Assert.Equal(filled, await OverviewAsync(2));

        Task<List<string>> OverviewAsync(int times) => store.ReadAsync(
            $"SELECT minute AS time, day, cluster, counted, sum(requests) / {times} FROM overview_minute GROUP BY ALL ORDER BY ALL "
            + $"UNION ALL SELECT hour AS time, day, cluster, counted, sum(requests) / {times} FROM overview_hour GROUP BY ALL ORDER BY ALL");
    }
}
