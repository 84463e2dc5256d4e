using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Alerts;
using Reeve.Server.Tests.Alerts;
using Reeve.Server.Ui.Search;
using Page = Reeve.Server.Ui.Pages.Alerts;

namespace Reeve.Server.Tests.Ui.Alerts;

public sealed class AlertsPageTests : IDisposable
{
    private readonly PageContext _context = new(new FakeReads());
    private readonly RaisedAlerts _raised = new();

    public AlertsPageTests() => _context.Authorization.SetRoles("analyst");

    public void Dispose() => _context.Dispose();

    [Fact]
    public void Before_the_first_alert_the_page_says_what_is_running()
    {
        var page = _context.Render<Page>();

        Assert.Equal("No rule has found anything", page.Find(".empty h2").TextContent);
        Assert.Matches("^[0-9]+ rules run over every event", page.Find(".empty p").TextContent);
    }

    [Fact]
    public void An_alert_appears_by_itself_unless_the_page_is_paused()
    {
        var page = _context.Render<Page>();

        Raise("alice", "get", "db", 0);
        _context.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal(["alice"], Actors(page)));

        page.Instance.TogglePause();
        Raise("bob", "get", "db", 1);
        _context.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["alice"], Actors(page));
        page.Instance.TogglePause();
        _context.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal(["bob", "alice"], Actors(page)));
    }

    [Theory]
    [InlineData("", "mallory bob alice")]
    [InlineData("?level=high", "bob alice")]
    [InlineData("?level=critical", "")]
    [InlineData("?cluster=test", "mallory")]
    [InlineData("?rule=Secret%20read", "bob alice")]
    [InlineData("?q=BOB", "bob")]
    [InlineData("?q=shop/cache", "bob")]
    [InlineData("?from=-90m", "mallory bob")]
    [InlineData("?state=closed", "")]
    [InlineData("?state=all&level=low&cluster=prod", "bob alice")]
    public void Filters_stand_in_the_address(string address, string expected)
    {
        Raise("alice", "get", "db", -120);
        Raise("bob", "get", "cache", -60);
        Raise("mallory", "delete", "cart", -1, "test");
        _context.Open($"/alerts{address}");

        var page = _context.Render<Page>();

        Assert.Equal(expected, string.Join(' ', Actors(page)));
        Assert.Equal(expected.Length == 0 ? "0" : $"{expected.Split(' ').Length}", page.Find(".search-count").TextContent);
    }

    [Fact]
    public void Everything_about_an_alert_is_in_its_panel_and_leads_on()
    {
        Raise("alice", "get", "db", -2);
        var alert = Raise("alice", "get", "db", -1);
        _context.Open($"/alerts?alert={alert.Id}");

        var page = _context.Render<Page>();

        var panel = page.Find(".panel");
        Assert.Equal("Secret read", panel.QuerySelector("h2")!.TextContent);
        Assert.Equal("alice sent 2 requests that match 'Secret read' within 60 s", panel.QuerySelector(".sentence")!.TextContent);
        Assert.Contains("verb", panel.QuerySelector("[aria-label='What matched']")!.TextContent);
        var events = panel.QuerySelectorAll(".alert-events a");
        Assert.Equal(2, events.Length);
        var search = SearchAddress.Parse(events[0].GetAttribute("href")!);
        Assert.Equal($"rule:\"Secret read\" cluster:prod", search.Filter);
        Assert.Equal($"{PageContext.Server}-1", search.EventId);
        var around = SearchAddress.Parse(panel.QuerySelector("a[title^='What else']")!.GetAttribute("href")!);
        Assert.Equal("actor:alice cluster:prod", around.Filter);
    }

    [Fact]
    public void An_alert_is_closed_with_a_note_and_opened_again()
    {
        var alert = Raise("alice", "get", "db", 0);
        _context.Open($"/alerts?state=all&alert={alert.Id}");
        var page = _context.Render<Page>();

        page.Find(".alert-close input").Change("the <b>backup</b>");
        page.Find(".alert-close").Submit();
        _context.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal("the <b>backup</b>", page.Find(".panel .note").TextContent));
        Assert.Contains("alice closed it", page.Find(".panel .notice").TextContent);
        Assert.False(Kept(alert.Id).IsOpen);

        page.Find(".panel .notice button").Click();
        _context.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".alert-close")));
        Assert.True(Kept(alert.Id).IsOpen);
    }

    [Fact]
    public void An_alert_that_goes_on_after_it_was_closed_is_open_and_says_so()
    {
        var alert = Raise("alice", "get", "db", 0);
        _context.Alerts.Close(alert.Id, "bob", "");
        Raise("alice", "get", "db", 1);
        _context.Open($"/alerts?alert={alert.Id}");

        var page = _context.Render<Page>();

        Assert.Contains("It went on after bob closed it", Words(page.Find(".panel .notice")));
        Assert.NotEmpty(page.FindAll(".alert-close"));
    }

    [Fact]
    public void Who_may_only_look_is_offered_nothing_else()
    {
        _context.Authorization.SetRoles("viewer");
        var alert = Raise("alice", "get", "db", 0);
        _context.Open($"/alerts?alert={alert.Id}");

        var page = _context.Render<Page>();

        Assert.Equal("Secret read", page.Find(".panel h2").TextContent);
        Assert.Empty(page.FindAll(".alert-close"));
    }

    [Fact]
    public void Errors_in_rule_files_are_told_with_their_place()
    {
        _context.WriteRule("mine.yml", "title: Mine\nlogsource: {product: kubernetes}\ndetection: {a: {verb: get}, condition: b}\n");

        var page = _context.Render<Page>();

        Assert.Equal("1 error in rule files.", page.Find(".rule-errors strong").TextContent);
        Assert.Matches("mine.yml:3:[0-9]+: ", page.Find(".rule-errors code").TextContent);
    }

    [Fact]
    public void The_words_of_the_rule_are_shown_as_paragraphs()
    {
        _context.WriteRule("mine.yml", "title: Secret read\nid: 10000000-0000-0000-0000-000000000001\ndescription: |\n  Somebody read a secret,\n  whose it was not.\n\n  What to do:\n    - Ask\n      them\n    - Tell them\nfalsepositives: [backups]\nlogsource: {product: kubernetes, service: audit}\ndetection: {a: {verb: get}, condition: a}\n");
        var alert = Raise("alice", "get", "db", 0);
        _context.Open($"/alerts?alert={alert.Id}");

        var page = _context.Render<Page>();

        Assert.Equal(
            ["Somebody read a secret, whose it was not.", "What to do:", "- Ask them", "- Tell them"],
            page.FindAll("[aria-label=Rule] p").Select(paragraph => paragraph.TextContent));
        Assert.Equal("backups", page.Find(".rule-list li").TextContent);
    }

    private Detection.Alerts.Alert Raise(string actor, string verb, string name, double minute, string cluster = "prod")
    {
        var alert = _raised.Do(actor, verb, name, PageContext.Start.AddMinutes(minute), cluster);
        _context.Alerts.Write([alert]);
        return alert;
    }

    private StoredAlert Kept(string id) => _context.Services.GetRequiredService<AlertReads>().Find(id)!.Alert;

    private static IEnumerable<string> Actors(IRenderedComponent<Page> page) => page.FindAll("tr.row td.actor").Select(cell => cell.TextContent);

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
