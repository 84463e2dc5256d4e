using System.Text.Json.Nodes;
using Reeve.Audit.Findings;
using Reeve.Store.ClickHouse;
using Reeve.Store.Findings;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Findings;

public sealed class FindingStoreTests(SharedStores stores) : IAsyncLifetime
{
    private static readonly TimeRange Day = new(Samples.Noon.AddHours(-12), Samples.Noon.AddHours(12));

    private EventStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FindingStore Findings => new(_store.Client, Samples.Server, replicated: false);

    public async ValueTask InitializeAsync() => _store = await EventStore.CreateAsync(stores);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Finding_comes_back_as_it_was_added()
    {
        await _store.InsertAsync(5, [Samples.Of(Samples.Json().ToJsonString())]);
        var finding = FindingSamples.Of(5);

        await Findings.AddAsync([finding], Cancel);

        var row = await new EventSearch(_store.Client).GetAsync($"{Samples.Server}-5", Cancel);
        var found = await new FindingSearch(_store.Client).OfAsync([row!], Cancel);
        Assert.Equal(finding, Assert.Single(found[new EventId(Samples.Server, 5)]));
    }

    [Fact]
    public async Task Finding_that_is_added_again_with_others_is_there_once()
    {
        var (first, second, later) = (FindingSamples.Of(1), FindingSamples.Of(2), FindingSamples.Of(3, time: Samples.Noon.AddDays(-3)));

        Assert.Equal([first, second], await Findings.AddAsync([first, second, first], Cancel));
        Assert.Equal([later], await Findings.AddAsync([second, later], Cancel));
        Assert.Empty(await Findings.AddAsync([later, first with { Found = Samples.Noon.AddHours(3) }], Cancel));

        Assert.Equal(["1", "2", "3"], await _store.ReadAsync("SELECT seq FROM findings ORDER BY seq"));
    }

    [Fact]
    public async Task Findings_of_more_days_than_an_insert_may_span_are_all_added()
    {
        var many = Enumerable.Range(1, 130).Select(day => FindingSamples.Of((ulong)day, time: Samples.Noon.AddDays(-day))).ToList();

        Assert.Equal(130, (await Findings.AddAsync(many, Cancel)).Count);

        Assert.Equal(["130|130"], await _store.ReadAsync("SELECT count(), uniqExact(day) FROM findings"));
    }

    [Fact]
    public async Task Findings_go_when_the_events_of_their_day_go()
    {
        await Findings.AddAsync([FindingSamples.Of(1), FindingSamples.Of(2, time: Samples.Noon.AddDays(-3))], Cancel);

        await _store.Client.ExecuteAsync("ALTER TABLE findings DROP PARTITION ('2026-11-20', 0)", Cancel);

        Assert.Equal(["1"], await _store.ReadAsync("SELECT seq FROM findings"));
    }

    [Fact]
    public async Task Request_is_answered_where_one_of_its_rows_is_primary()
    {
        // The store keeps the keys of two days.
        var sample = Samples.Of(Samples.Json().ToJsonString());
        var context = sample.Context with { Received = TimeProvider.System.GetUtcNow().UtcDateTime };
        await _store.InsertAsync(1,
        [
            sample with { Context = context with { RequestKey = UInt128.MaxValue - 1 } },
            sample with { Context = context with { RequestKey = 2, Primary = false } },
            sample with { Context = context with { RequestKey = 3, Time = Samples.Noon.AddDays(-9) } },
        ]);

        var answered = await Findings.AnsweredAsync([UInt128.MaxValue - 1, 2, 3, 4], Day.From!.Value, Day.To!.Value, Cancel);

        Assert.Equal([UInt128.MaxValue - 1], answered);
    }

    [Fact]
    public async Task Events_are_found_by_their_sequences()
    {
        await _store.InsertAsync(10, Enumerable.Range(10, 5).Select(i => Samples.Of(Samples.Json(name: $"p{i}").ToJsonString())));

        var events = await Findings.EventsAsync([13, 11, 99], Day.From!.Value, Day.To!.Value, Cancel);

        Assert.Equal(["p11", "p13"], events.Select(found => found.Name).Order());
        Assert.Equal(
            ("alice", "get", "pods", "shop", "prod", "cp-1", new DateOnly(2026, 11, 23)),
            (events[0].Actor, events[0].Verb, events[0].Resource, events[0].Namespace, events[0].Cluster, events[0].Host, events[0].Day));
    }

    [Theory]
    [InlineData("finding:orphan", "1 2")]
    [InlineData("finding:orphan verb:patch", "2")]
    [InlineData("finding:orphan -verb:patch", "1")]
    [InlineData("finding:(orphan or truncation)", "1 2 3")]
    [InlineData("finding:trunc*", "3")]
    [InlineData("finding:*", "1 2 3")]
    [InlineData("level:medium name:b", "2")]
    [InlineData("rule:*", "")]
    [InlineData("-finding:*", "4")]
    [InlineData("finding:orphan or name:d", "4")]
    [InlineData("finding:orphan or finding:truncation", "1 2 3")]
    [InlineData("level:critical", "")]
    public async Task Filter_finds_events_by_their_findings_whichever_stage_they_are(string query, string names)
    {
        await _store.InsertAsync(1,
        [
            .. new[] { "a", "b", "c" }.Select(name => Samples.Of(Received(name == "a" ? "get" : "patch", name), primary: false)),
            Samples.Of(Samples.Json(name: "d").ToJsonString()),
        ]);
        await Findings.AddAsync([FindingSamples.Of(1), FindingSamples.Of(2), FindingSamples.Of(3, FindingKinds.Truncation)], Cancel);

        Assert.True(QueryParser.TryParse(query, out var filter, out _));
        var page = await new EventSearch(_store.Client).SearchAsync(new SearchRequest(new EventQuery(filter, Day), Order: SearchOrder.OldestFirst), Cancel);

        Assert.Equal(names, string.Join(' ', page.Rows.Select(row => row.Id.Sequence)));
    }

    [Fact]
    public async Task Insert_that_was_answered_and_lost_is_sent_again()
    {
        var forgetful = new ForgetfulStore(_store.Client);
        var findings = new FindingStore(forgetful, Samples.Server, replicated: false);

        var added = await findings.AddAsync([FindingSamples.Of(1), FindingSamples.Of(2)], Cancel);

        Assert.Equal(2, added.Count);
        Assert.Equal(["1", "2"], await _store.ReadAsync("SELECT seq FROM findings ORDER BY seq"));
        Assert.Equal(2, forgetful.Tokens.Distinct().Count());
    }

    private static string Received(string verb, string name)
    {
        JsonObject json = Samples.Json(verb, name: name);
        json["stage"] = "RequestReceived";
        json.Remove("responseStatus");
        return json.ToJsonString();
    }
}
