using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

public sealed class RealDerivedFieldsTests(LoadedLogs logs) : IClassFixture<LoadedLogs>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_reads_the_fields_of_real_events_as_the_server_does()
    {
        var found = await DerivedComparison.RunAsync(logs.Client, 20_000);

        string[] there = ["sa", "sans", "node", "credential", "tool", "toolversion", "command", "container", "stdin", "binding", "role", "subject"];
        Assert.True(there.All(found.ContainsKey), $"never had a value: {string.Join(' ', there.Except(found.Keys))}");
    }

    [Theory]
    [InlineData("tool")]
    [InlineData("role")]
    [InlineData("sa")]
    [InlineData("tty")]
    [InlineData("credential")]
    public async Task Values_are_counted_and_each_is_found_as_often(string field)
    {
        var search = new EventSearch(logs.Client);
        var stats = await search.StatsAsync(new EventQuery(null, default), field, 5, Cancel);

        Assert.NotEmpty(stats.Values);
        foreach (var value in stats.Values)
        {
            var filter = QueryTerm.Is(field, value.Value);
            Assert.Equal(value.Count, (await search.StatsAsync(new EventQuery(filter, default), null, 1, Cancel)).Total);
        }
    }
}
