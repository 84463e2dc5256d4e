using System.Text.Json.Nodes;
using CsCheck;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Query.Sql;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

public sealed class FilterSqlTests(SharedStores stores)
{
    private const int Events = 300;
    private const int Queries = 200;

    [Fact]
    public async Task Store_finds_what_the_filter_means()
    {
        await using var store = await EventStore.CreateAsync(stores);
        var random = PCG.ThreadPCG;
        var events = SampleGen.Event.Array[Events].Generate(random, null, out _);
        await store.InsertAsync(1, events);

        foreach (var node in SampleGen.Filter.Array[Queries].Generate(random, null, out _))
        {
            var expected = events.Select((sample, i) => (sample, Id: $"{Samples.Server}-{i + 1}"))
                .Where(row => new NaiveFilter(row.sample, row.Id).Holds(node)).Select(row => row.Id).ToHashSet();
            expected.SymmetricExceptWith(await FindAsync(store, node));
            Assert.True(expected.Count == 0, $"{node} differs on {string.Join('\n', expected.Select(id => $"{id}: {events[int.Parse(id[9..]) - 1].Text}").Take(2))}");
        }
    }

    [Theory]
    [InlineData("coredns", 1)]
    [InlineData("CoreDNS", 1)]
    [InlineData("cored", 0)]
    [InlineData("\"was not found\"", 1)]
    [InlineData("\"found not was\"", 0)]
    [InlineData("found was", 1)]
    [InlineData("core*", 1)]
    [InlineData("9454ec44-b032-44db-9d3a-1bfe78ad35db", 1)]
    [InlineData("9454ec44", 0)]
    [InlineData("second", 1)]
    [InlineData("requestObject.spec.containers.image:nginx", 1)]
    [InlineData("requestObject.spec.containers.image:redis*", 1)]
    [InlineData("requestObject.spec.containers.image:busybox", 0)]
    [InlineData("requestObject.spec.hostNetwork:true", 1)]
    [InlineData("requestObject.spec.replicas:>=3", 1)]
    [InlineData("requestObject.spec.replicas:>3", 0)]
    [InlineData("requestObject.metadata.labels.\"app.kubernetes.io/name\":web", 1)]
    [InlineData("requestObject.spec.nothing:*", 0)]
    [InlineData("annotations.a.b/c:x", 1)]
    [InlineData("ip:10.0.0.0/8", 1)]
    [InlineData("ip:11.0.0.0/8", 0)]
    [InlineData("ip:10.1.*", 1)]
    [InlineData("id:3f9a2c1e-1", 1)]
    [InlineData("id:3f9a2c1e-2", 0)]
    [InlineData("rule:R1", 1)]
    [InlineData("rule:R2", 0)]
    [InlineData("level:high name:Core*", 1)]
    public async Task Query_finds_the_event(string query, int found)
    {
        await using var store = await EventStore.CreateAsync(stores);
        var json = Samples.Json(name: "CoreDNS");
        json["responseStatus"]!["message"] = "pods \"x\" was not found\nsecond line";
        json["annotations"] = new JsonObject { ["a.b/c"] = "x" };
        json["requestObject"] = JsonNode.Parse("""
            {"metadata":{"labels":{"app.kubernetes.io/name":"web"}},
             "spec":{"hostNetwork":true,"replicas":3,"nothing":null,"containers":[{"image":"nginx"},{"image":"redis:7"}]}}
            """);
        await store.InsertAsync(1, [Samples.Of(json.ToJsonString(), ip: "10.1.2.3")]);
        await store.Client.ExecuteAsync("INSERT INTO findings (server, seq, rule, level) VALUES ('3f9a2c1e', 1, 'R1', 'high')", TestContext.Current.CancellationToken);

        Assert.True(QueryParser.TryParse(query, out var node, out _));
        Assert.Equal(found, (await FindAsync(store, node!)).Count);
    }

    private static async Task<List<string>> FindAsync(EventStore store, QueryNode node)
    {
        var parameters = new SqlParameters();
        var where = EventSql.Where(new EventQuery(node, default, EventView.Events), parameters);
        var ids = new List<string>();
        await foreach (var id in store.Client.QueryAsync(
            $"SELECT id FROM events WHERE {where} ORDER BY seq", parameters.Values, row => row.GetString(0), ReadLimits.Interactive, TestContext.Current.CancellationToken))
            ids.Add(id);
        return ids;
    }
}
