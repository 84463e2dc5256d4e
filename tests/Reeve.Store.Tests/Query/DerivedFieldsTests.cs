using CsCheck;
using Reeve.Audit.Fields;
using Reeve.Store.Query.Sql;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

public sealed class DerivedFieldsTests(SharedStores stores)
{
    private const int Events = 1_500;

    [Fact]
    public void Every_field_without_a_column_is_in_the_catalogue() =>
        Assert.All(DerivedSql.Fields, name => Assert.True(FieldCatalogue.TryGet(name, out _), name));

    [Fact]
    public async Task Store_reads_the_fields_as_the_server_does_whatever_the_values()
    {
        await using var store = await EventStore.CreateAsync(stores);
        await store.InsertAsync(1, DerivedGen.Event.Array[Events].Single());

        var found = await DerivedComparison.RunAsync(store.Client, Events);

        Assert.True(DerivedSql.Fields.All(found.ContainsKey), $"never had a value: {string.Join(' ', DerivedSql.Fields.Except(found.Keys))}");
    }
}
