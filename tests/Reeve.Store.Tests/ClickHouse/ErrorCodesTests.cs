using Reeve.Store.ClickHouse;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.ClickHouse;

public sealed class ErrorCodesTests(SharedStores stores)
{
    [Fact]
    public async Task Names_are_those_of_the_store()
    {
        var store = await stores.EmbeddedAsync();
        var codes = string.Join(", ", ErrorCodes.Known.Keys.Order());
        var names = await store.Client.ListAsync<string>($"SELECT errorCodeToName(arrayJoin([{codes}]))");
        Assert.Equal(ErrorCodes.Known.OrderBy(known => known.Key).Select(known => known.Value.Name), names);
    }
}
