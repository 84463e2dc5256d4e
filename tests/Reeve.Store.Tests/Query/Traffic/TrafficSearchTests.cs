using System.Text.Json.Nodes;
using Reeve.Audit;
using Reeve.Audit.Policy.Traffic;
using Reeve.Audit.Reading;
using Reeve.Store.Query.Traffic;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query.Traffic;

public sealed class TrafficSearchTests(SharedStores stores) : IAsyncLifetime
{
    private EventStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"kind":"Event","level":"RequestResponse","stage":"ResponseComplete","verb":"create","requestURI":"/api/v1/pods","objectRef":{"resource":"pods"},"requestObject":{"a":1},"responseObject":{"b":[2,3]},"requestReceivedTimestamp":"2026-11-23T12:00:00.000000Z"}""")]
    [InlineData("""{"kind":"Event","level":"RequestResponse","stage":"ResponseComplete","verb":"create","requestURI":"/api/v1/pods","objectRef":{"resource":"pods"},"responseObject":{"b":[2,3]},"requestReceivedTimestamp":"2026-11-23T12:00:00.000000Z"}""")]
    [InlineData("""{"requestObject":{"a":1},"kind":"Event","level":"Request","stage":"ResponseComplete","verb":"create","requestURI":"/api/v1/pods","objectRef":{"resource":"pods"},"requestReceivedTimestamp":"2026-11-23T12:00:00.000000Z"}""")]
    [InlineData("""{"requestReceivedTimestamp":"2026-11-23T12:00:00.000000Z","responseObject":{"b":[2,3]},"requestObject":{"a":1},"kind":"Event","level":"RequestResponse","stage":"ResponseComplete","verb":"create","requestURI":"/api/v1/pods","objectRef":{"resource":"pods"}}""")]
    [InlineData("""{"kind":"Event","level":"RequestResponse","stage":"ResponseComplete","verb":"get","requestURI":"/nothing?requestObject","user":{"username":"\"requestObject\""},"requestReceivedTimestamp":"2026-11-23T12:00:00.000000Z"}""")]
    public async Task Bodies_are_as_long_as_they_are_in_whatever_order(string json)
    {
        await _store.InsertAsync(1, [Samples.Of(json)]);

        var stored = await new TrafficSearch(_store.Client).ReadAsync(new TrafficRequest(default), Cancel);

        var expected = Count(json);
        Assert.Equal((expected.Bytes, expected.RequestBytes, expected.ResponseBytes), stored.Traffic.Rows.Select(row => (row.Bytes, row.RequestBytes, row.ResponseBytes)).Single());
    }

    [Fact]
    public async Task What_has_no_level_or_stage_is_not_counted()
    {
        var json = Samples.Json();
        json["stage"] = "Nowhere";
        await _store.InsertAsync(1, [Samples.Of(json.ToJsonString()), Samples.Of("""{"no":"event"}""")]);

        Assert.Equal(0, (await new TrafficSearch(_store.Client).ReadAsync(new TrafficRequest(default), Cancel)).Read);
    }

    [Fact]
    public async Task Hostile_names_are_kept_as_they_are()
    {
        var json = Samples.Json("it's", "a\"b\\c\n' OR 1=1 --");
        json["objectRef"]!["namespace"] = "*/';";
        json["user"]!["groups"] = new JsonArray("'", "\\", "😀", "a','b");
        await _store.InsertAsync(1, [Samples.Of(json.ToJsonString())]);

        var row = Assert.Single((await new TrafficSearch(_store.Client).ReadAsync(new TrafficRequest(default, "prod"), Cancel)).Traffic.Rows);

        Assert.Equal(("a\"b\\c\n' OR 1=1 --", "it's", "*/';"), (row.Request.User, row.Request.Verb, row.Request.Namespace));
        Assert.Equal(["'", "\\", "😀", "a','b"], row.Request.Groups);
        Assert.Equal(0, (await new TrafficSearch(_store.Client).ReadAsync(new TrafficRequest(default, "pr'od"), Cancel)).Read);
    }

    public async ValueTask InitializeAsync() => _store = await EventStore.CreateAsync(stores);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static TrafficRow Count(string json)
    {
        var counter = new TrafficCounter(hasNames: false);
        var auditEvent = new AuditEvent();
        new EventRestorer().Restore(System.Text.Encoding.UTF8.GetBytes(json), auditEvent);
        counter.Add(auditEvent);
        return Assert.Single(counter.Count().Rows);
    }
}
