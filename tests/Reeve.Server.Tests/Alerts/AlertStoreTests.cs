using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Reeve.Audit.Findings;
using Reeve.Detection.Alerts;
using Reeve.Server.Alerts;
using Reeve.Server.State;

namespace Reeve.Server.Tests.Alerts;

public sealed class AlertStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly StateDatabase _state;
    private readonly AlertStore _store;
    private readonly AlertReads _reads;
    private readonly RaisedAlerts _raised = new();

    public AlertStoreTests()
    {
        _state = StateDatabase.Open(_folder["data"]);
        _store = new AlertStore(_state, new FakeTimeProvider(Noon), NullLogger<AlertStore>.Instance);
        _reads = new AlertReads(_state, "01234567");
    }

    public void Dispose()
    {
        _state.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_written_is_read_and_only_new_ones_are_told()
    {
        var alert = Raise("alice", "db", 0);

        Assert.Equal([alert], _store.Write([alert]));
        Assert.Empty(_store.Write([alert]));

        var found = _reads.Find(alert.Id)!;
        Assert.Equal((alert.Id, alert.Rule.Id, "Secret read", FindingLevel.High, "prod", "alice", "secrets shop/db", alert.Summary, 1L, true),
            (found.Alert.Id, found.Alert.Rule, found.Alert.Title, found.Alert.Level, found.Alert.Cluster, found.Alert.Actor, found.Alert.Object, found.Alert.Summary, found.Alert.Count, found.Alert.IsOpen));
        Assert.Equal(["get"], found.Values["verb"]);
        Assert.Equal("01234567-1", Assert.Single(found.Events).Id.ToString());
        Assert.Null(_reads.Find("nothing"));
    }

    [Fact]
    public void What_a_replay_tells_again_does_not_go_back()
    {
        var replay = new RaisedAlerts();
        const string id = "00000000-0000-0000-0000-00000000000";
        _store.Write([_raised.Do("alice", "get", "db", Noon, auditId: id + "1")]);
        var grown = _raised.Do("alice", "get", "db", Noon.AddMinutes(1), auditId: id + "2");
        _store.Write([grown]);
        _store.Write([replay.Do("alice", "get", "db", Noon, auditId: id + "1")]);

        var found = _reads.Find(grown.Id)!;
        Assert.Equal((2L, 2), (found.Alert.Count, found.Events.Count));
        Assert.Equal(Noon.AddMinutes(1).UtcDateTime, found.Alert.Last);
    }

    [Fact]
    public void A_closed_alert_that_goes_on_is_open_and_tells_who_closed_it()
    {
        var alert = Raise("alice", "db", 0);
        _store.Write([alert]);
        Assert.True(_store.Close(alert.Id, "bob", "it's \"fine\"; DROP TABLE alert"));
        Assert.Equal((false, new AlertClosing(Noon.UtcDateTime, "bob", "it's \"fine\"; DROP TABLE alert")), (_reads.Find(alert.Id)!.Alert.IsOpen, _reads.Find(alert.Id)!.Alert.Closing));
        _store.Write([alert]);
        Assert.False(_reads.Find(alert.Id)!.Alert.IsOpen);

        _store.Write([Raise("alice", "db", 1)]);
        Assert.True(_reads.Find(alert.Id)!.Alert.IsOpen);
        Assert.Equal("bob", _reads.Find(alert.Id)!.Alert.Closing?.By);

        Assert.True(_store.Open(alert.Id, "carol"));
        Assert.Null(_reads.Find(alert.Id)!.Alert.Closing);
        Assert.False(_store.Close("nothing", "bob", ""));
        Assert.False(_store.Open("nothing", "bob"));
    }

    [Fact]
    public void Every_change_shows_in_the_version()
    {
        var alert = Raise("alice", "db", 0);
        long[] versions = [_store.Version, Version(() => _store.Write([alert])), Version(() => _store.Close(alert.Id, "bob", "")), Version(() => _store.Open(alert.Id, "bob"))];

        Assert.Equal(versions.Order().Distinct(), versions);
    }

    [Fact]
    public void Pages_put_together_are_the_whole_list_also_where_times_are_equal()
    {
        for (var i = 0; i < 23; i++)
            _store.Write([Raise($"user-{i}", "db", i / 5)]);

        var pages = new List<string>();
        AlertPlace? after = null;
        do
        {
            var page = _reads.List(new AlertQuery { Limit = 4, After = after });
            pages.AddRange(page.Alerts.Select(alert => alert.Actor));
            after = page.Next is { } next ? Parsed(next) : null;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 23).Reverse().Select(i => $"user-{i}"), pages);
    }

    [Fact]
    public void Levels_are_counted_and_the_gravest_come_first()
    {
        _store.Write([Raise("alice", "db", 0), Raise("bob", "db", 1), _raised.Do("carol", "delete", "cart", Noon.AddMinutes(2))]);

        var counts = _reads.Count(new AlertQuery());
        Assert.Equal((2L, 1L, 2), (counts[FindingLevel.High], counts[FindingLevel.Low], counts.Count));
        Assert.Equal(["bob", "alice", "carol"], _reads.Gravest(new AlertQuery()).Select(alert => alert.Actor));
        Assert.Equal(["bob"], _reads.Gravest(new AlertQuery { Limit = 1 }).Select(alert => alert.Actor));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    public void Texts_mean_nothing_but_themselves(string text)
    {
        _store.Write([Raise("alice", "db", 0)]);

        Assert.Empty(_reads.List(new AlertQuery { Text = text }).Alerts);
        Assert.Empty(_reads.List(new AlertQuery { Rule = text }).Alerts);
        Assert.Empty(_reads.List(new AlertQuery { Cluster = text }).Alerts);
        Assert.Null(_reads.Find(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("a:b")]
    [InlineData("1:-1")]
    [InlineData("1:2:3")]
    public void What_is_no_place_is_none(string text) => Assert.False(AlertPlace.TryParse(text, out _));

    private static AlertPlace Parsed(AlertPlace place)
    {
        Assert.True(AlertPlace.TryParse(place.ToString(), out var parsed));
        return parsed;
    }

    private long Version(Action change)
    {
        change();
        return _store.Version;
    }

    private Alert Raise(string actor, string name, double minute) => _raised.Do(actor, "get", name, Noon.AddMinutes(minute));
}
