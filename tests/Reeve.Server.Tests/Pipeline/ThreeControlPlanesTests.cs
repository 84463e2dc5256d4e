using System.Net;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources;

namespace Reeve.Server.Tests.Pipeline;

/// <summary>
/// A kubeadm cluster with three control planes, whose apiservers report each in its own way: it must be readable as one.
/// </summary>
public sealed class ThreeControlPlanesTests
{
    private static readonly ClusterMap Map = new([new() { Name = "prod", Match = new() { Host = ["cp?"] } }]);

    private static readonly SourceConfiguration Wire = new() { Type = "syslog", Name = "wire" };

    private static readonly SourceConfiguration Log = new() { Type = "file", Name = "log", Path = "/var/log/audit.log", Host = "cp1" };

    private static readonly SourceConfiguration Hook = new() { Type = "webhook", Name = "hook", Cluster = "prod" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_its_apiservers_report_it_is_one_cluster_and_host_tells_which_reported()
    {
        await using var harness = new IntakeHarness();
        SourceIdentity[] ways =
        [
            Syslog("cp1"), Syslog("cp2"), Syslog("cp3"),
            Map.Identify(Log, new(Path: "/var/log/audit.log")),
            Map.Identify(Hook, new(IPAddress.Parse("10.0.0.13"), Host: "cp3")),
        ];
        for (var way = 0; way < ways.Length; way++)
            await DeliverAsync(harness, ways[way], Event($"a{way}"));

        var stored = Stored(harness);
        Assert.All(stored, context => Assert.Equal("prod", context.Cluster));
        Assert.Equal(["cp1", "cp2", "cp3", "cp1", "cp3"], stored.Select(context => context.Host));
        Assert.Equal(["wire", "wire", "wire", "log", "hook"], stored.Select(context => context.Source));
        Assert.Equal(
            ["cp1 log", "cp1 wire", "cp2 wire", "cp3 hook", "cp3 wire"],
            harness.Senders.Snapshot().Select(sender => $"{sender.Host} {sender.Source}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Event_that_comes_by_two_ways_is_stored_once_under_the_host_of_the_first()
    {
        await using var harness = new IntakeHarness();
        await DeliverAsync(harness, Syslog("cp2"), Event("a"));
        await DeliverAsync(harness, Map.Identify(Hook, Sender.Unknown), Event("a"));

        Assert.Equal("cp2", Assert.Single(Stored(harness)).Host);
    }

    [Fact]
    public async Task Requests_to_two_apiservers_under_one_audit_id_are_two_requests()
    {
        await using var harness = new IntakeHarness();
        await DeliverAsync(harness, Syslog("cp1"), Event("chosen", received: "2026-03-01T12:00:00.000001Z"));
        await DeliverAsync(harness, Syslog("cp2"), Event("chosen", received: "2026-03-01T12:00:00.000002Z"));

        var stored = Stored(harness);
        Assert.Equal(["cp1", "cp2"], stored.Select(context => context.Host));
        Assert.Equal(2, stored.Select(context => context.RequestKey).Distinct().Count());
        Assert.All(stored, context => Assert.True(context.Primary));
    }

    // The client chooses the auditID and the URI, not the microsecond in which an apiserver receives the request. Where
    // even that is equal the events look like stages of one request: none is lost, the second is not counted as another.
    [Fact]
    public async Task Requests_to_two_apiservers_in_one_microsecond_under_one_audit_id_are_both_kept()
    {
        await using var harness = new IntakeHarness();
        await DeliverAsync(harness, Syslog("cp1"), Event("chosen", verb: "get"));
        await DeliverAsync(harness, Syslog("cp2"), Event("chosen", verb: "delete"));

        var stored = Stored(harness);
        Assert.Equal([("cp1", true), ("cp2", false)], stored.Select(context => (context.Host, context.Primary)));
        Assert.Equal(stored[0].RequestKey, stored[1].RequestKey);
    }

    [Fact]
    public async Task Event_of_before_an_assignment_is_another_one_when_it_comes_again_after_it()
    {
        await using var harness = new IntakeHarness();
        var identity = Syslog("elsewhere");
        await DeliverAsync(harness, identity, Event("a"));
        await DeliverAsync(harness, identity with { Cluster = "prod" }, Event("a"));

        Assert.Equal(["default", "prod"], Stored(harness).Select(context => context.Cluster));
    }

    private static SourceIdentity Syslog(string host) => Map.Identify(Wire, new(IPAddress.Parse("10.0.0.2"), Host: host, Tag: "k8s-audit"));

    private static string Event(string auditId, string verb = "get", string received = "2026-03-01T12:00:00.000001Z") =>
        $$"""{"kind":"Event","auditID":"{{auditId}}","stage":"ResponseComplete","requestURI":"/api/v1/pods","verb":"{{verb}}","requestReceivedTimestamp":"{{received}}","stageTimestamp":"{{received}}"}""";

    private static async Task DeliverAsync(IntakeHarness harness, SourceIdentity identity, string record)
    {
        using var intake = harness.Open(identity);
        intake.Add(Encoding.UTF8.GetBytes(record), default, default);
        await intake.SubmitAsync(Ct);
        await intake.WhenSafeAsync(Ct);
    }

    private static List<EventContext> Stored(IntakeHarness harness)
    {
        var stored = new List<EventContext>();
        using var reader = harness.Journal.Read(0);
        while (reader.TryRead(out var entry))
        {
            Assert.True(EventEntry.TryRead(entry.Payload, out var context, out _));
            stored.Add(context);
        }

        return stored;
    }
}
