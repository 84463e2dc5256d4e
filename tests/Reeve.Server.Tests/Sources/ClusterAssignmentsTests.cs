using System.Net;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Configuration;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Clusters;
using Reeve.Server.State;

namespace Reeve.Server.Tests.Sources;

public sealed class ClusterAssignmentsTests : IDisposable
{
    private static readonly SourceConfiguration Wire = new() { Type = "syslog", Name = "wire" };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();
    private StateDatabase _state;
    private ClusterAssignments _assignments;

    public ClusterAssignmentsTests()
    {
        _state = StateDatabase.Open(_folder["data"]);
        _assignments = Open();
    }

    [Fact]
    public void Sender_that_nothing_matches_belongs_where_it_is_assigned_from_then_on()
    {
        var map = new ClusterMap([], _assignments);
        var sender = new Sender(IPAddress.Parse("10.1.2.3"), Host: "cp1", Tag: "k8s-audit");
        var (before, version) = (map.Identify(Wire, sender), map.Version);

        Assert.NotNull(_assignments.Add("prod", new() { Tag = "k8s-audit" }, "alice").Added);

        var after = map.Identify(Wire, sender);
        Assert.Equal(("default", false, true), (before.Cluster, before.IsMapped, before.IsAssignable));
        Assert.Equal(("prod", true, true), (after.Cluster, after.IsMapped, after.IsAssignable));
        Assert.NotEqual(version, map.Version);
    }

    [Fact]
    public void Configuration_goes_before_what_people_assign()
    {
        var map = new ClusterMap([new() { Name = "staging", Match = new() { Host = ["cp*"] } }], _assignments);
        _assignments.Add("prod", new() { Source = "wire" }, "alice");

        Assert.Equal("staging", map.Identify(Wire, new(Host: "cp1")).Cluster);
        Assert.Equal("named", map.Identify(Wire with { Cluster = "named" }, new(Host: "x")).Cluster);
        Assert.False(map.Identify(Wire, new(Host: "cp1")).IsAssignable);
        Assert.Equal("prod", map.Identify(Wire, new(Host: "x")).Cluster);
    }

    [Fact]
    public void Assigned_cluster_that_is_configured_has_its_proxies()
    {
        var map = new ClusterMap([new() { Name = "prod", TrustedProxies = [IPNetwork.Parse("172.31.0.0/16")] }], _assignments);
        _assignments.Add("prod", new() { Source = "wire" }, "alice");

        var identity = map.Identify(Wire, Sender.Unknown);

        Assert.True(identity.TrustedProxies.Contains(IPAddress.Parse("172.31.4.5")));
        Assert.Equal(identity, map.Identify(Wire, Sender.Unknown));
    }

    [Fact]
    public void Assignment_survives_a_restart_and_so_does_its_removal()
    {
        var match = new AssignmentMatch { Source = "wire", Host = "cp1", Tag = "audit", San = "CN=x", Peer = IPNetwork.Parse("10.0.0.0/8") };
        var (added, _) = _assignments.Add("prod", match, "alice");
        Restart();

        Assert.Equal([added!], _assignments.List());
        Assert.Equal(new(added!.Id, "prod", match, _time.GetUtcNow(), "alice"), added);

        Assert.True(_assignments.Remove(added.Id, "bob"));
        Assert.False(_assignments.Remove(added.Id, "bob"));
        Restart();
        Assert.Empty(_assignments.List());
    }

    [Fact]
    public void Assignment_of_the_same_senders_is_replaced()
    {
        _assignments.Add("prod", new() { Host = "cp1" }, "alice");
        _assignments.Add("staging", new() { Host = "cp1" }, "bob");

        Assert.Equal(("staging", "bob"), Assert.Single(_assignments.List()) is var only ? (only.Cluster, only.CreatedBy) : default);
    }

    [Fact]
    public void Of_several_the_one_that_says_most_counts_then_the_smaller_network_then_the_newer()
    {
        _assignments.Add("ten", new() { Peer = IPNetwork.Parse("10.0.0.0/8") }, "alice");
        _assignments.Add("one", new() { Peer = IPNetwork.Parse("10.1.0.0/16") }, "alice");
        _assignments.Add("host", new() { Peer = IPNetwork.Parse("10.0.0.0/8"), Host = "cp1" }, "alice");
        _assignments.Add("tag", new() { Tag = "audit" }, "alice");
        _time.Advance(TimeSpan.FromSeconds(1));
        _assignments.Add("source", new() { Source = "wire" }, "alice");
        var map = new ClusterMap([], _assignments);

        Assert.Equal("ten", map.Identify(new() { Type = "syslog", Name = "x" }, new(IPAddress.Parse("10.2.0.1"))).Cluster);
        Assert.Equal("one", map.Identify(Wire, new(IPAddress.Parse("::ffff:10.1.0.1"))).Cluster);
        Assert.Equal("host", map.Identify(Wire, new(IPAddress.Parse("10.1.0.1"), Host: "cp1", Tag: "audit")).Cluster);
        Assert.Equal("source", map.Identify(Wire, new(IPAddress.Parse("192.0.2.1"), Tag: "audit")).Cluster);
    }

    [Fact]
    public void Sender_that_calls_itself_a_pattern_is_no_pattern()
    {
        _assignments.Add("evil", new() { Host = "*" }, "alice");
        var map = new ClusterMap([], _assignments);

        Assert.Equal("evil", map.Identify(Wire, new(Host: "*")).Cluster);
        Assert.Equal("default", map.Identify(Wire, new(Host: "cp1")).Cluster);
    }

    [Theory]
    [InlineData("", "cp1", "a cluster's name")]
    [InlineData("../x", "cp1", "a cluster's name")]
    [InlineData("prod\n", "cp1", "a cluster's name")]
    [InlineData("prod", "", "whose events")]
    [InlineData("prod", "a\u0007b", "control characters")]
    public void What_makes_no_sense_is_refused_in_words(string cluster, string host, string words)
    {
        var (added, problem) = _assignments.Add(cluster, new() { Host = host }, "alice");

        Assert.Null(added);
        Assert.Contains(words, problem, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_assignments.List());
        Assert.Equal(0, _assignments.Version);
    }

    [Fact]
    public void Text_of_any_length_is_refused() =>
        Assert.NotNull(_assignments.Add("prod", new() { Host = new string('h', 257) }, "alice").Problem);

    [Fact]
    public void Assignment_that_is_found_fits_and_no_other_that_fits_says_more()
    {
        var text = One("", "", "a", "b");
        var matches = Gen.Select(text, text, text, text, One("", "10.0.0.0/8", "10.1.0.0/16")).Select((source, host, tag, san, peer) =>
            new AssignmentMatch { Source = source, Host = host, Tag = tag, San = san, Peer = peer.Length == 0 ? null : IPNetwork.Parse(peer) });
        var known = One("a", "b", "");
        Gen.Select(matches.List[0, 12], known, known, known, One("10.1.0.1", "10.2.0.1", "192.0.2.1")).Sample((all, host, tag, san, peer) =>
        {
            var table = new AssignmentTable(1, [.. all.Select((match, index) => new ClusterAssignment($"c{index}", $"{index}", match, default, ""))]);
            var sender = new Sender(IPAddress.Parse(peer), san, Tag: tag);

            var found = table.Find("a", host, sender);

            var fitting = all.Where(match => (match.Source is "" or "a") && (match.Host == "" || match.Host == host)
                && (match.Tag == "" || match.Tag == tag) && (match.San == "" || match.San == san)
                && (match.Peer is not { } network || network.Contains(IPAddress.Parse(peer)))).ToList();
            if (found is null)
                Assert.Empty(fitting);
            else
                Assert.Contains(all[int.Parse(found)], fitting.Where(match => match.Parts == fitting.Max(other => other.Parts)));
        });
    }

    [Fact]
    public void Who_assigns_while_senders_are_identified_disturbs_nobody()
    {
        var map = new ClusterMap([], _assignments);
        Parallel.For(0, 8, worker =>
        {
            for (var round = 0; round < 20; round++)
            {
                if (worker < 2)
                    _assignments.Add($"c{worker}", new() { Host = $"h{worker}-{round}" }, "alice");
                for (var host = 0; host < 20; host++)
                    Assert.Contains(map.Identify(Wire, new(Host: $"h{worker % 2}-{host}")).Cluster, (string[])["default", $"c{worker % 2}"]);
            }
        });

        Assert.Equal(40, _assignments.List().Count);
        Assert.Equal(40, _assignments.Version);
        Restart();
        Assert.Equal(40, _assignments.List().Count);
    }

    [Fact]
    public async Task File_source_stamps_the_assigned_cluster_on_what_it_reads_from_then_on()
    {
        var source = new SourceConfiguration { Type = "file", Name = "files", Path = "/logs" };
        var map = new ClusterMap([], _assignments);
        await using var harness = new FileSourceHarness { Identify = path => map.Identify(source, new(Path: path)) };
        harness.Logs.Write("audit.log", "one\n");
        harness.Start();
        await harness.ReadEntriesAsync(1);

        _assignments.Add("prod", new() { Source = "files" }, "alice");
        File.AppendAllText(harness.Logs["audit.log"], "two\n");

        Assert.Equal([("default", "one"), ("prod", "two")], (await harness.ReadEntriesAsync(2)).Select(entry => (entry.Context.Cluster, entry.Raw)));
        await harness.CatchUpAsync(status => status.Cluster == "prod");
    }

    [Fact]
    public void Quiet_sender_is_shown_where_it_belongs_now()
    {
        var registry = new SenderRegistry(_time, _assignments);
        var map = new ClusterMap([], _assignments);
        registry.Add(map.Identify(Wire, new(Host: "cp1")), new() { Events = 1 }, _time.GetUtcNow().UtcDateTime);
        registry.Add(map.Identify(Wire with { Cluster = "named" }, new(Host: "cp1")), new() { Events = 1 }, _time.GetUtcNow().UtcDateTime);

        var (added, _) = _assignments.Add("prod", new() { Host = "cp1" }, "alice");
        Assert.Equal([("named", true), ("prod", true)], registry.Snapshot().Select(status => (status.Cluster, status.IsMapped)));

        _assignments.Remove(added!.Id, "alice");
        Assert.Equal([("default", false), ("named", true)], registry.Snapshot().Select(status => (status.Cluster, status.IsMapped)));
    }

    public void Dispose()
    {
        _state.Dispose();
        _folder.Dispose();
    }

    private static Gen<string> One(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private ClusterAssignments Open() => new(_state, _time, NullLogger<ClusterAssignments>.Instance);

    private void Restart()
    {
        _state.Dispose();
        _state = StateDatabase.Open(_folder["data"]);
        _assignments = Open();
    }
}
