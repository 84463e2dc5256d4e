using System.Net;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;
using Reeve.Server.Security;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Clusters;
using Reeve.Server.Sources.Senders;
using Reeve.Server.State;
using Page = Reeve.Server.Ui.Pages.Sources;

namespace Reeve.Server.Tests.Ui.Sources;

public sealed class SourcesPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(PageContext.Start);
    private readonly PageContext _context;
    private readonly StateDatabase _state;
    private readonly ClusterAssignments _assignments;
    private readonly SenderRegistry _senders;
    private readonly SourceConfiguration _syslog = new() { Type = "syslog", Name = "syslog", Listen = new(IPAddress.Loopback, 1514) };

    public SourcesPageTests()
    {
        _state = StateDatabase.Open(_folder["data"]);
        _assignments = new(_state, _clock, NullLogger<ClusterAssignments>.Instance);
        _senders = new(_clock, _assignments);
        _context = new(new FakeReads(), _clock, services => services
            .AddSingleton(_assignments)
            .AddSingleton(_senders)
            .AddSingleton(new KnownSenders(_senders, _state, _clock, NullLogger<KnownSenders>.Instance))
            .AddSingleton(new PersonStore(_state, _clock))
            .AddSingleton(new TokenStore(_state, _clock))
            .AddSingleton(ReeveConfiguration.ForData(_folder["data"]) with { Sources = [_syslog] }));
        _context.Authorization.SetRoles("admin");
    }

    public void Dispose()
    {
        _context.Dispose();
        _state.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Before_the_first_event_the_page_shows_lines_to_copy_and_waits()
    {
        var page = _context.Render<Page>();

        Assert.Contains("Waiting for the first event", page.Find(".setup h2").TextContent);
        Assert.Contains("target=\"127.0.0.1\" port=\"1514\"", page.Find(".setup").TextContent);
        Assert.Empty(page.FindAll(".setup [aria-label=Close]"));
    }

    [Fact]
    public void When_the_first_event_comes_the_page_says_so_and_keeps_the_lines()
    {
        var page = _context.Render<Page>();

        Deliver("vm");
        _clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Matches("First event from vm, [0-9.]+ s ago", page.Find(".setup h2").TextContent));
        Assert.Equal("vm", page.Find(".senders tbody th a").TextContent);
        page.Find(".setup [aria-label=Close]").Click();
        Assert.Empty(page.FindAll(".setup"));
    }

    [Fact]
    public void Trouble_is_told_with_what_to_do_and_a_line_to_copy()
    {
        Deliver("vm", cut: 2);
        _senders.Note(Identity("vm"), "cut-by-sender", "Frames from host vm end at 8,096 bytes.", "Put `$MaxMessageSize 2m` first in <b>its</b> configuration.");

        var page = _context.Render<Page>();

        Assert.Equal("trouble", page.Find(".senders .state").TextContent);
        Assert.Contains("end at 8,096 bytes", page.Find(".trouble").TextContent);
        Assert.Equal("$MaxMessageSize 2m", page.Find(".trouble code").TextContent);
        Assert.Contains("<b>its</b>", page.Find(".trouble").TextContent);
        Assert.Contains("integrity%3A%28truncated-by-sender", page.Find("td[data-label=Cut] a").GetAttribute("href"));
    }

    [Fact]
    public void An_administrator_assigns_a_sender_and_the_next_event_belongs_to_the_cluster()
    {
        Deliver("vm");
        var page = _context.Render<Page>();
        Assert.Equal("Not assigned to a cluster", page.Find(".senders h2").TextContent);

        page.Find(".row-actions button").Click();
        page.Find(".assign input").Change("prod");
        page.Find(".assign").Submit();

        page.WaitForAssertion(() => Assert.Equal("prod", page.Find(".senders h2").TextContent));
        Assert.Equal("prod", new ClusterMap([], _assignments).Identify(_syslog, new Sender(Host: "vm", Tag: "kube-audit")).Cluster);
        Assert.Equal("alice", Assert.Single(_assignments.List()).CreatedBy);
    }

    [Fact]
    public void A_cluster_that_cannot_be_called_so_is_refused_with_the_rule()
    {
        Deliver("vm");
        var page = _context.Render<Page>();
        page.Find(".row-actions button").Click();

        page.Find(".assign input").Change("no way/");
        page.Find(".assign").Submit();

        Assert.Contains("letters, digits", page.Find(".assign .problem").TextContent);
        Assert.Empty(_assignments.List());
    }

    [Fact]
    public void Who_is_no_administrator_sees_who_can_assign()
    {
        new PersonStore(_state, _clock).Add("root-person", "correct horse battery staple", Role.Admin);
        _context.Authorization.SetRoles("analyst");
        Deliver("vm");

        var page = _context.Render<Page>();

        Assert.Empty(page.FindAll(".row-actions button"));
        Assert.Contains("root-person can do that.", page.Find(".senders-note").TextContent);
    }

    [Fact]
    public void A_host_that_is_gone_can_be_forgotten()
    {
        Deliver("old");
        _clock.Advance(TimeSpan.FromHours(3));
        var page = _context.Render<Page>();
        Assert.Equal("quiet for 3 h", page.Find(".senders .state").TextContent);

        page.FindAll(".row-actions button").Single(button => button.TextContent == "Forget").Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".senders tbody th a")));
    }

    [Fact]
    public void A_listener_that_failed_is_told_at_the_top()
    {
        Deliver("vm");
        _context.Sources.Report(new("syslog", "syslog", "default", SourceState.Failed, Message: "another program listens on 127.0.0.1:1514"));

        var page = _context.Render<Page>();

        Assert.Contains("another program listens", page.Find(".notice.bad").TextContent);
        Assert.Equal("failed", page.Find(".senders .state").TextContent);
    }

    [Fact]
    public void A_token_is_shown_once_and_only_for_its_cluster()
    {
        var page = _context.Render<Page>();
        page.FindAll("[role=tab]").Single(tab => tab.TextContent == "curl").Click();

        page.Find("#setup-cluster").Input("prod");
        page.Find(".setup .button.primary").Click();

        var token = Assert.Single(new TokenStore(_state, _clock).List());
        Assert.Equal((Role.Source, "prod"), (token.Role, token.Cluster));
        Assert.Matches("Bearer reeve_[A-Za-z0-9_-]+", page.Find(".setup pre").TextContent);
        page.Find("#setup-cluster").Input("other");
        Assert.DoesNotContain("Bearer reeve_", page.Find(".setup pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_in_what_a_sender_says_of_itself_is_text()
    {
        const string script = "<script>alert(1)</script>";
        Deliver(script);
        _senders.Note(Identity(script), "c", script, script);

        var page = _context.Render<Page>();

        Assert.Empty(page.FindAll("script"));
        Assert.Equal(script, page.Find(".senders tbody th a").TextContent);
    }

    private void Deliver(string host, int cut = 0) =>
        _senders.Add(Identity(host), new IntakeCounts { Events = 10, Truncated = cut }, _clock.GetUtcNow().UtcDateTime);

    private SourceIdentity Identity(string host) =>
        new ClusterMap([], _assignments).Identify(_syslog, new Sender(IPAddress.Parse("192.0.2.7"), Host: host, Tag: "kube-audit"));
}
