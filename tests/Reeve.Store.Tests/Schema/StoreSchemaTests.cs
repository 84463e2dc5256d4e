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
        Assert.Equal(["1|events"], await store.ReadAsync("SELECT version, name FROM schema_versions ORDER BY version"));
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
    }
}
