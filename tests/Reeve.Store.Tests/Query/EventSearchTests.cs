using System.Text.Json.Nodes;
using Reeve.Audit;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

public sealed class EventSearchTests(SharedStores stores) : IAsyncLifetime
{
    private static readonly TimeRange Day = new(Samples.Noon.AddHours(-12), Samples.Noon.AddHours(12));

    private EventStore _store = null!;

    private EventSearch Search => new(_store.Client);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SearchOrder.NewestFirst)]
    [InlineData(SearchOrder.OldestFirst)]
    public async Task Pages_cover_every_row_once_in_order_also_where_times_are_equal(SearchOrder order)
    {
        await _store.InsertAsync(1, Enumerable.Range(0, 25).Select(i => Samples.Of(Samples.Json(name: $"p{i}").ToJsonString(), Samples.Noon.AddSeconds(i / 10))));
        var seen = new List<EventId>();
        string? after = null;
        do
        {
            var page = await Search.SearchAsync(new SearchRequest(new EventQuery(null, Day), 4, order, after), Cancel);
            seen.AddRange(page.Rows.Select(row => row.Id));
            after = page.Next;
        }
        while (after is not null);

        var expected = Enumerable.Range(1, 25).Select(i => new EventId(Samples.Server, (ulong)i));
        Assert.Equal(order == SearchOrder.OldestFirst ? expected : expected.Reverse(), seen);
    }

    [Fact]
    public async Task Envelopes_causes_and_other_logs_are_found()
    {
        var sample = Samples.Of(Samples.Json().ToJsonString());
        await _store.InsertAsync(1,
        [
            sample with { Context = sample.Context with { Envelope = """{"form":"cloudwatch","logGroup":"/aws/eks/prod/cluster"}""" } },
            sample with { Context = sample.Context with { Integrity = Integrity.TruncatedBySender, Cause = "rsyslog-max-message-size" } },
            sample with { Context = sample.Context with { Integrity = Integrity.Unreadable, Marks = EventMarks.OtherLog, Primary = false }, Raw = [.. "I0304 klog"u8] },
            sample with { Context = sample.Context with { Integrity = Integrity.Unreadable, Primary = false }, Raw = [.. "garbage"u8] },
        ]);

        Assert.Equal([1UL], await FindAsync("envelope:*eks/prod*"));
        Assert.Equal([2UL], await FindAsync("cause:rsyslog-max-message-size"));
        Assert.Equal([3UL], await FindAsync("integrity:other-log"));
        Assert.Equal([3UL], await FindAsync("category:other-log"));
        Assert.Equal([4UL], await FindAsync("integrity:unreadable"));
        var stored = await Search.GetAsync("3f9a2c1e-1", Cancel);
        Assert.Equal("""{"form":"cloudwatch","logGroup":"/aws/eks/prod/cluster"}""", stored!.Envelope);
        var other = await Search.GetAsync("3f9a2c1e-3", Cancel);
        Assert.Equal((Integrity.Unreadable, EventMarks.OtherLog, Category.OtherLog), (other!.Integrity, other.Marks, other.Category));
    }

    private async Task<IEnumerable<ulong>> FindAsync(string text)
    {
        Assert.True(QueryParser.TryParse(text, out var filter, out var error), error?.ToString());
        var page = await Search.SearchAsync(new SearchRequest(new EventQuery(filter, Day, EventView.Events), 10, SearchOrder.OldestFirst, null), Cancel);
        return page.Rows.Select(row => row.Id.Sequence);
    }

    [Fact]
    public async Task Row_tells_everything_that_was_stored()
    {
        var json = Samples.Json("create", "alice", "web-1");
        json["user"]!["uid"] = "u-1";
        json["impersonatedUser"] = new JsonObject { ["username"] = "bob", ["groups"] = new JsonArray("ops") };
        json["sourceIPs"] = new JsonArray("1.2.3.4", "10.0.0.7");
        json["objectRef"] = new JsonObject
        {
            ["resource"] = "pods", ["namespace"] = "shop", ["name"] = "web-1", ["uid"] = "o-1", ["apiGroup"] = "g", ["apiVersion"] = "v2", ["subresource"] = "exec",
        };
        json["responseStatus"] = new JsonObject { ["code"] = 409, ["reason"] = "Conflict", ["message"] = "no \"way\"\n" };
        json["annotations"] = new JsonObject { ["authorization.k8s.io/decision"] = "allow", ["authorization.k8s.io/reason"] = "RBAC" };
        var sample = Samples.Of(json.ToJsonString(), Samples.Noon.AddTicks(10), ip: "10.0.0.7");
        await _store.InsertAsync(5, [sample with { Context = sample.Context with { Marks = EventMarks.Scrubbed, Integrity = Integrity.TruncatedBySender } }]);

        var row = await Search.GetAsync("3f9a2c1e-5", Cancel);

        Assert.Equivalent(
            new StoredEvent
            {
                Id = new EventId(Samples.Server, 5), Time = Samples.Noon.AddTicks(10), Received = Samples.Noon.AddTicks(10).AddMilliseconds(20),
                Cluster = "prod", Source = "file", Host = "cp-1", AuditLevel = "Metadata", Stage = "ResponseComplete", AuditId = "9454ec44-b032-44db-9d3a-1bfe78ad35db",
                Verb = "create", User = "alice", UserUid = "u-1", Groups = ["devs", "system:authenticated"], Actor = "bob", ImpersonatedUser = "bob", ImpersonatedGroups = ["ops"],
                Ip = "10.0.0.7", Claimed = ["1.2.3.4"], Agent = "kubectl/v1.36", Uri = "/api/v1/namespaces/shop/pods/web-1", Resource = "pods", Subresource = "exec",
                Namespace = "shop", Name = "web-1", ObjectUid = "o-1", ApiGroup = "g", ApiVersion = "v2", Code = 409, Reason = "Conflict", Message = "no \"way\"\n",
                Decision = "allow", DecisionReason = "RBAC", Category = Category.InteractiveAccess, Integrity = Integrity.TruncatedBySender, Marks = EventMarks.Scrubbed,
                Primary = true, Line = 3, Raw = sample.Text,
            },
            row,
            strict: true);
    }

    [Theory]
    [InlineData("3f9a2c1e-6")]
    [InlineData("3f9a2c1e")]
    [InlineData("3f9a2c1e-05")]
    [InlineData("")]
    public async Task Id_that_is_none_finds_nothing(string id)
    {
        await _store.InsertAsync(5, [Samples.Of(Samples.Json().ToJsonString())]);
        Assert.Null(await Search.GetAsync(id, Cancel));
    }

    [Fact]
    public async Task Requests_are_counted_once_events_each()
    {
        await _store.InsertAsync(1, [Samples.Of(Samples.Json().ToJsonString(), primary: false), Samples.Of(Samples.Json().ToJsonString())]);
        Assert.Equal(1, (await Search.StatsAsync(new EventQuery(null, Day), null, 1, Cancel)).Total);
        Assert.Equal(2, (await Search.StatsAsync(new EventQuery(null, Day, EventView.Events), null, 1, Cancel)).Total);
    }

    [Theory]
    [InlineData(0, 86_400, 24, null)]
    [InlineData(3_601, 80_000, 60, null)]
    [InlineData(43_210, 43_975, 10, null)]
    [InlineData(43_210, 43_975, 800, null)]
    [InlineData(3_601, 80_000, 60, "verb:delete or verb:get")]
    [InlineData(3_601, 80_000, 60, "name:n1*")]
    public async Task Histogram_counts_what_is_in_the_range_and_no_more(int from, int to, int buckets, string? filter)
    {
        var start = Samples.Noon.AddHours(-12);
        var seconds = Enumerable.Range(0, 400).Select(i => i * 216 % 86_400).ToList();
        await _store.InsertAsync(1, seconds.Select((at, i) => Samples.Of(Samples.Json(i % 3 == 0 ? "delete" : "get", name: $"n{i}").ToJsonString(), start.AddSeconds(at))));
        QueryNode? node = null;
        Assert.True(filter is null || QueryParser.TryParse(filter, out node, out _));

        var histogram = await Search.HistogramAsync(new EventQuery(node, new TimeRange(start.AddSeconds(from), start.AddSeconds(to))), buckets, Cancel);

        var expected = seconds.Select((at, i) => (at, i)).Where(e => e.at >= from && e.at < to && (filter != "name:n1*" || $"n{e.i}".StartsWith("n1", StringComparison.Ordinal)))
            .Select(e => (Bucket: Floor(start.AddSeconds(e.at), histogram.Width), Category: e.i % 3 == 0 ? Category.ResourceChange : Category.ResourceAccess))
            .CountBy(e => e).Select(e => (e.Key.Bucket, e.Key.Category, (long)e.Value)).Order();
        Assert.Equal(expected, histogram.Buckets.SelectMany(b => b.Counts.Select(c => (b.Start, c.Key, c.Value))).Order());
        Assert.InRange(histogram.Buckets.Count, 1, buckets + 1);
        Assert.All(histogram.Buckets.Zip(histogram.Buckets.Skip(1)), pair => Assert.Equal(pair.First.Start + histogram.Width, pair.Second.Start));
    }

    [Fact]
    public async Task Open_range_reaches_over_what_is_stored()
    {
        await _store.InsertAsync(1, [Samples.Of(Samples.Json().ToJsonString(), Samples.Noon.AddDays(-40).AddSeconds(7)), Samples.Of(Samples.Json().ToJsonString(), Samples.Noon.AddSeconds(9))]);
        Assert.Equal(new StoreExtent(2, Samples.Noon.AddDays(-40).AddSeconds(7), Samples.Noon.AddSeconds(9)), await Search.ExtentAsync(Cancel));
        var histogram = await Search.HistogramAsync(new EventQuery(null, default), 50, Cancel);
        Assert.Equal(2, histogram.Buckets.Sum(bucket => bucket.Counts.Values.Sum()));
        Assert.Equal(TimeSpan.FromDays(1), histogram.Width);
    }

    [Fact]
    public async Task Empty_store_has_no_extent_and_no_bars()
    {
        Assert.Equal(new StoreExtent(0, null, null), await Search.ExtentAsync(Cancel));
        Assert.Empty((await Search.HistogramAsync(new EventQuery(null, default), 50, Cancel)).Buckets);
    }

    [Theory]
    [InlineData("user", "alice=2 bob=1")]
    [InlineData("group", "devs=3 system:authenticated=3")]
    [InlineData("code", "200=3")]
    [InlineData("ip", "10.0.0.7=3")]
    [InlineData("requestObject.n", "=2 7=1")]
    public async Task Values_are_counted_the_most_frequent_first(string field, string expected)
    {
        var body = Samples.Json(user: "alice");
        body["requestObject"] = new JsonObject { ["n"] = 7 };
        string[] events = [body.ToJsonString(), Samples.Json(user: "bob").ToJsonString(), Samples.Json(user: "alice").ToJsonString()];
        await _store.InsertAsync(1, events.Select(json => Samples.Of(json, ip: "10.0.0.7")));
        var stats = await Search.StatsAsync(new EventQuery(null, Day), field, 10, Cancel);
        Assert.Equal(expected, string.Join(' ', stats.Values.Select(value => $"{value.Value}={value.Count}")));
    }

    [Theory]
    [InlineData("::", "::")]
    [InlineData("10.0.0.7", "10.0.0.7")]
    [InlineData("::ffff:10.0.0.7", "10.0.0.7")]
    [InlineData("2001:db8::ffff:1", "2001:db8::ffff:1")]
    [InlineData("::ffff:0:102:304", "::ffff:0:102:304")]
    public async Task Address_is_counted_as_people_write_it_and_found_so(string ip, string expected)
    {
        await _store.InsertAsync(1, [Samples.Of(Samples.Json().ToJsonString(), ip: ip)]);
        var stats = await Search.StatsAsync(new EventQuery(null, Day), "ip", 10, Cancel);
        Assert.Equal(expected, Assert.Single(stats.Values).Value);
        Assert.True(QueryParser.TryParse($"ip:{expected}", out var filter, out _));
        Assert.Equal(1, (await Search.StatsAsync(new EventQuery(filter, Day), null, 1, Cancel)).Total);
    }

    [Theory]
    [InlineData("name:\"a\0b\"", 1)]
    [InlineData("name:a\0*", 1)]
    [InlineData("name:\"a\0c\"", 0)]
    public async Task Character_that_ends_texts_in_C_is_searched_like_any_other(string text, int found)
    {
        await _store.InsertAsync(1, [Samples.Of(Samples.Json(name: "a\0b").ToJsonString())]);
        Assert.True(QueryParser.TryParse(text.Replace("a\0*", "a\\\0*", StringComparison.Ordinal), out var filter, out var error), error?.ToString());
        Assert.Equal(found, (await Search.StatsAsync(new EventQuery(filter, Day), null, 1, Cancel)).Total);
    }

    [Fact]
    public async Task Unknown_field_is_not_counted() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Search.StatsAsync(new EventQuery(null, Day), "nothing", 10, Cancel));

    [Fact]
    public async Task Stages_are_those_of_the_same_request_and_no_other()
    {
        var first = Samples.Json();
        first["stage"] = "RequestReceived";
        var other = Samples.Json();
        other["requestReceivedTimestamp"] = "2026-11-23T12:00:00.000001Z";
        await _store.InsertAsync(1,
        [
            Samples.Of(Samples.Json().ToJsonString(), Samples.Noon.AddHours(3)), Samples.Of(first.ToJsonString(), primary: false), Samples.Of(other.ToJsonString()),
            Samples.Of(Samples.Json().ToJsonString(), cluster: "dev"), Samples.Of(Samples.Json(name: "web-2").ToJsonString()),
        ]);
        var opened = await Search.GetAsync("3f9a2c1e-1", Cancel);
        Assert.Equal([2UL, 1UL], (await Search.StagesAsync(opened!, Cancel)).Select(stage => stage.Id.Sequence));
    }

    public async ValueTask InitializeAsync() => _store = await EventStore.CreateAsync(stores);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static DateTime Floor(DateTime time, TimeSpan width) => new((time.Ticks - DateTime.UnixEpoch.Ticks) / width.Ticks * width.Ticks + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc);
}
