using System.Net;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Sources;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Tests.Ui.Sources;

public sealed class SourcesViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Cluster_of_three_control_planes_and_two_workers_is_one_group_with_its_hosts()
    {
        string[] hosts = ["cp-1", "cp-2", "cp-3", "worker-1", "worker-2"];
        var senders = hosts.Select(host => Sender(host) with { Cluster = "prod", IsMapped = true, EventsPerSecond = 2.4 }).Append(Sender("vm"));

        var view = SourcesView.Of([.. senders], [], Now);

        Assert.Equal(["prod", "default"], view.Clusters.Select(group => group.Name));
        Assert.Equal([false, true], view.Clusters.Select(group => group.IsUnmapped));
        Assert.Equal(hosts, view.Clusters[0].Rows.Select(row => row.Name));
        Assert.Equal("5 hosts, 12 events/s", view.Clusters[0].Summary);
    }

    [Fact]
    public void Condition_is_the_worst_that_holds_and_always_said_in_words()
    {
        var failed = new SourceStatus("syslog", "syslog", "default", SourceState.Failed, Message: "port taken");
        var trouble = new SenderTrouble("cut-by-sender", "m", "a", 3, Now.AddMinutes(-59));

        Assert.Equal((SenderCondition.Fine, "fine"), Of(Sender("vm")));
        Assert.Equal((SenderCondition.Quiet, "quiet for 12 min"), Of(Sender("vm") with { LastEvent = Now.AddMinutes(-12) }));
        Assert.Equal((SenderCondition.Trouble, "trouble"), Of(Sender("vm") with { LastEvent = Now.AddMinutes(-12), Troubles = [trouble] }));
        Assert.Equal((SenderCondition.Fine, "fine"), Of(Sender("vm") with { Troubles = [trouble with { Last = Now.AddMinutes(-61) }] }));
        Assert.Equal((SenderCondition.Failed, "failed"), Of(Sender("vm") with { Troubles = [trouble] }, failed));
        Assert.Equal((SenderCondition.Fine, "read to its end"), Of(Sender("vm") with { LastEvent = Now.AddDays(-1) }, failed with { State = SourceState.Done }));
    }

    [Theory]
    [InlineData("vm")]
    [InlineData("")]
    [InlineData("x\" or user:* \"")]
    [InlineData("or")]
    public void Numbers_lead_to_a_search_that_can_be_run_whatever_a_sender_calls_itself(string host)
    {
        var row = SenderRow.Of(Sender(host) with { Source = "/var/log/it's here" }, null, Now);

        foreach (var address in new[] { row.All, row.Cut, row.Unreadable })
        {
            var search = Server.Ui.Search.SearchAddress.Parse(address);
            Assert.True(search.AllEvents);
            Assert.True(QueryParser.TryParse(search.Filter, out var filter, out _), search.Filter);
            Assert.DoesNotContain("user", Fields(filter!));
        }
    }

    [Fact]
    public void Cut_events_of_a_host_are_found_by_all_ways_of_being_cut() => Assert.Equal(
        "source:syslog host:vm integrity:(truncated-by-sender or truncated-by-apiserver or truncated-by-reeve or fragment)",
        Server.Ui.Search.SearchAddress.Parse(SenderRow.Of(Sender("vm"), null, Now).Cut).Filter);

    [Fact]
    public void Sender_is_called_by_its_host_else_by_its_address_else_by_its_source()
    {
        var peer = new Sender(IPAddress.Parse("192.0.2.7"), Tag: "kube-audit");

        Assert.Equal(("vm", "192.0.2.7 · kube-audit"), Called(Sender("vm") with { Sender = peer }));
        Assert.Equal(("192.0.2.7", "kube-audit"), Called(Sender("") with { Sender = peer }));
        Assert.Equal(("syslog", ""), Called(Sender("")));
        Assert.Equal(("all other senders", ""), Called(Sender("") with { IsOthers = true }));
    }

    [Fact]
    public void Senders_in_trouble_are_counted()
    {
        var trouble = new SenderTrouble("c", "m", "a", 1, Now);

        var view = SourcesView.Of([Sender("a"), Sender("b") with { Troubles = [trouble] }, Sender("c") with { LastEvent = null }], [], Now);

        Assert.Equal(1, view.InTrouble);
        Assert.True(view.HasEvents);
        Assert.False(SourcesView.Of([Sender("c") with { LastEvent = null }], [], Now).HasEvents);
    }

    internal static SenderStatus Sender(string host) => new(
        "s" + host, "syslog", "syslog", ClusterMap.Unmapped, IsMapped: false, host, new Sender(), Events: 1, Duplicates: 0, Unreadable: 0, Cut: 0,
        EventsPerSecond: 0, LastEvent: Now, Lag: null, Troubles: []);

    private static (SenderCondition, string) Of(SenderStatus sender, SourceStatus? source = null)
    {
        var row = SenderRow.Of(sender, source, Now);
        return (row.Condition, row.State);
    }

    private static (string, string) Called(SenderStatus sender)
    {
        var row = SenderRow.Of(sender, null, Now);
        return (row.Name, row.By);
    }

    private static List<string> Fields(QueryNode node) => node switch
    {
        AndNode and => [.. and.Operands.SelectMany(Fields)],
        OrNode or => [.. or.Operands.SelectMany(Fields)],
        _ => [node.ToString()!.Split(':')[0]],
    };
}
