using Reeve.Server.Api;
using Reeve.Server.Setup;
using Reeve.Server.Sources;
using Reeve.Setup;

namespace Reeve.EndToEnd.Setup;

public sealed class MissingEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    private static readonly AuditChain Chain = new() { Cluster = "prod", SyslogHost = "10.0.0.5", Host = "cp-1" };
    private static readonly NodeView Fine = new(LogLength: 100, IsLogLooked: true, IsRunning: true, [], SyslogProblem: null);
    private static readonly SourceStatus Listening = new("syslog", "syslog", "default", SourceState.Following, Listen: "0.0.0.0:1514");

    [Fact]
    public void Without_a_source_that_is_said() => Assert.StartsWith("Reeve has no source for syslog", Why([], [])[0], StringComparison.Ordinal);

    [Fact]
    public void A_source_that_failed_tells_why() =>
        Assert.Equal("Reeve's source syslog does not listen: the port is taken", Why([Listening with { State = SourceState.Failed, Message = "the port is taken" }], [])[0]);

    [Fact]
    public void One_for_its_own_machine_alone_is_named() =>
        Assert.StartsWith("Reeve takes syslog from its own machine only", Why([Listening with { Listen = "127.0.0.1:1514" }], [])[0], StringComparison.Ordinal);

    [Fact]
    public void A_sender_that_is_not_trusted_is_named_before_what_is_wrong_on_the_node()
    {
        var sender = Sender("default", "") with { Host = "", EventsInAll = 0, Peer = "10.0.0.9", Troubles = [new("not-trusted", "It is in no network of trust.", "Add it.", 3, Now)] };

        var reasons = Why([Listening], [sender], Fine with { LogLength = null });

        Assert.Equal("10.0.0.9: It is in no network of trust. Add it.", reasons[0]);
        Assert.StartsWith("there is no /var/log/kubernetes/audit/audit.log", reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Events_that_come_under_another_cluster_are_found_by_their_tag() =>
        Assert.StartsWith("events of host cp-9 come, but under the cluster default", Why([Listening], [Sender("default", "k8s-audit-prod") with { Host = "cp-9" }])[0], StringComparison.Ordinal);

    [Fact]
    public void An_apiserver_with_its_old_flags_is_told() =>
        Assert.Contains("--audit-log-maxage=30 among them", Why([Listening], [], Fine with { MissingFlags = ["--audit-log-maxage=30"] })[0], StringComparison.Ordinal);

    [Fact]
    public void A_log_that_does_not_grow_is_told() => Assert.Contains("does not grow", Why([Listening], [])[0], StringComparison.Ordinal);

    [Fact]
    public void Where_nothing_is_wrong_the_shipper_is_to_be_asked() =>
        Assert.Contains("does rsyslog run with the new configuration", Assert.Single(Why([Listening], [], Fine with { LogLength = 200 })), StringComparison.Ordinal);

    [Fact]
    public void A_wrong_token_of_the_webhook_is_its_senders_trouble()
    {
        var sender = Sender("prod", "") with { Kind = "webhook", Peer = "10.0.0.9", Troubles = [new("unauthorized", "Its token is wrong.", "Make one.", 3, Now)] };

        Assert.Equal("10.0.0.9: Its token is wrong. Make one.", MissingEvents.Why(SetupWay.Find("webhook"), Chain, new([], [sender]), Fine, Fine with { LogLength = 200 })[0]);
    }

    private static IReadOnlyList<string> Why(IReadOnlyList<SourceStatus> sources, IReadOnlyList<SenderJson> senders, NodeView? now = null) =>
        MissingEvents.Why(SetupWay.Find("rsyslog"), Chain, new(sources, senders), Fine, now ?? Fine);

    private static SenderJson Sender(string cluster, string tag) =>
        new("1", "syslog", "syslog", cluster, false, true, false, "cp-1", null, "", tag, 5, 5, 0, 0, 0, 0, 0, Now, null, []);
}
