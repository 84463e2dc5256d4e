using AngleSharp.Dom;
using Bunit;
using Reeve.Audit;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Charts;
using Reeve.Server.Ui.Pages;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Tests.Ui;

public sealed class OverviewPageTests
{
    private static readonly DateTime Old = new(2026, 3, 1, 10, 30, 20, DateTimeKind.Utc);
    private static readonly TimeSelection.Between Day = new(new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc), new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc));

    [Fact]
    public void Every_number_leads_to_the_search_that_counts_the_same()
    {
        using var context = Context();

        var page = context.Render<Overview>();

        Assert.Equal("7", Tile(page, "Requests").QuerySelector(".tile-value")!.TextContent);
        Assert.Equal(Search("all"), Tile(page, "Requests").GetAttribute("href"));
        Assert.Equal(Search("denied"), Tile(page, "Denied").GetAttribute("href"));
        Assert.Equal([Search("actor:alice"), Search("actor:bob")], Links(page, "Most active", ".bar-list a"));
        Assert.Equal([Search("denied:10.0.0.1")], Links(page, "Denied, by address", ".bar-list a"));
        Assert.Equal([Search("secrets")], Links(page, "Secrets touched", ".total"));
        Assert.Contains(Search("pods deleted"), Links(page, "Changes with kubectl", ".lane-heads a"));
        Assert.Equal("Nobody went into a pod in this time", Card(page, "Interactive access").QuerySelector(".bars-empty")!.TextContent);
    }

    [Fact]
    public void A_part_of_a_bar_leads_to_its_requests_in_its_time()
    {
        using var context = Context();
        var page = context.Render<Overview>();
        var figures = FakeOverview.Some(context.Overview.Asked[0]);
        var bar = new TimeSelection.Between(Day.From.AddHours(8), Day.From.AddHours(16));

        Pick(page, 0, 1, 1, series: 3);
        Assert.Equal(new SearchAddress { Filter = figures.FilterOf(Category.Authentication, Category.Authorization), Time = bar }.ToString(), context.Address);
        Pick(page, 0, 1, 1, series: -1);
        Assert.Equal(new SearchAddress { Filter = "all", Time = bar }.ToString(), context.Address);
        Pick(page, 1, 1, 1, series: 2);
        Assert.Equal(new SearchAddress { Filter = "services changed", Time = bar }.ToString(), context.Address);
    }

    [Fact]
    public void Dragging_over_bars_shows_the_overview_of_that_time()
    {
        using var context = Context();
        var page = context.Render<Overview>();

        Pick(page, 0, 0, 1, series: -1);

        Assert.Equal($"/overview?from={Uri.EscapeDataString("2026-11-22T12:00:00Z")}&to={Uri.EscapeDataString("2026-11-23T04:00:00Z")}", context.Address);
        Assert.Equal(Day.From.AddHours(16), context.Overview.Asked[^1].To);
    }

    [Fact]
    public void A_chart_can_be_read_as_a_table_of_links()
    {
        using var context = Context();
        var page = context.Render<Overview>();

        Card(page, "Changes with kubectl").QuerySelector("button[aria-pressed]")!.Click();

        var cells = Card(page, "Changes with kubectl").QuerySelectorAll("tbody a");
        Assert.Equal(["3", "1", "1"], cells.Select(cell => cell.TextContent));
        Assert.Equal(new SearchAddress { Filter = "pods created", Time = new TimeSelection.Between(Day.From.AddHours(8), Day.From.AddHours(16)) }.ToString(), cells[0].GetAttribute("href"));
    }

    [Fact]
    public void Cluster_and_actor_are_chosen_by_links_and_kept_in_the_address()
    {
        using var context = Context();
        context.Open("/overview?from=-1h&actor=bob");

        var page = context.Render<Overview>();

        Assert.Equal("bob", context.Overview.Asked.Single().ChangesActor);
        context.Open(page.Find("#cluster-menu a[title=prod]").GetAttribute("href")!);
        Assert.Equal("/overview?from=-1h&cluster=prod&actor=bob", context.Address);
        page.WaitForAssertion(() => Assert.Equal("prod", context.Overview.Asked[^1].Cluster));
    }

    [Fact]
    public void Where_kubernetes_admin_changed_nothing_the_most_active_person_is_shown()
    {
        using var context = Context();
        context.Overview.Answer = (request, _) => FakeOverview.Some(request) with
        {
            Changes = request.ChangesActor == "carol" ? FakeOverview.Some(request).Changes
                : new(request.ChangesActor, 0, "", [], [new("system:admin", 9), new("carol", 4), new("dave", 1)]),
        };

        var page = context.Render<Overview>();

        Assert.Equal(["kubernetes-admin", "carol"], context.Overview.Asked.Select(request => request.ChangesActor));
        Assert.Equal("carol", page.Find("[popovertarget=actor-menu] .choice-value").TextContent);
        context.Current = context.Current with { Stored = 2 };
        context.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal("carol", context.Overview.Asked[2].ChangesActor));
    }

    [Fact]
    public void Without_an_event_the_page_says_where_to_send_them()
    {
        using var context = new PageContext(new FakeReads());

        var page = context.Render<Overview>();

        Assert.Contains("No source is configured", page.Find(".empty h2").TextContent);
        Assert.Equal("/sources", page.Find(".empty .actions a").GetAttribute("href"));
    }

    [Fact]
    public void When_events_lie_outside_the_range_one_click_leads_there()
    {
        using var context = new PageContext(new FakeReads(Samples.Event(1) with { Time = Old }));

        var page = context.Render<Overview>();

        Assert.Contains("No events in the last 24 hours", page.Find(".empty h2").TextContent);
        context.Open(page.Find(".empty .primary").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal(Old.AddSeconds(-20), context.Overview.Asked[^1].From));
    }

    [Fact]
    public async Task New_events_are_counted_without_reload_unless_paused()
    {
        using var context = Context();
        var page = context.Render<Overview>();
        var stored = 1;
        void Store(long requests)
        {
            context.Overview.Answer = (request, _) => FakeOverview.Some(request, requests);
            context.Current = context.Current with { Stored = ++stored };
            context.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Store(8);
        page.WaitForAssertion(() => Assert.Equal("8", Tile(page, "Requests").QuerySelector(".tile-value")!.TextContent));
        await page.InvokeAsync(page.Instance.TogglePause);
        Store(9);
        Assert.Equal("8", Tile(page, "Requests").QuerySelector(".tile-value")!.TextContent);
    }

    [Fact]
    public void The_store_is_asked_again_when_the_minute_is_over_and_not_before()
    {
        using var context = Context();
        context.Clock.Advance(TimeSpan.FromSeconds(5));
        var page = context.Render<Overview>();

        for (var i = 0; i < 20; i++)
            context.Clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Single(context.Overview.Asked);

        context.Clock.Advance(TimeSpan.FromMinutes(1));
        page.WaitForAssertion(() => Assert.Equal(2, context.Overview.Asked.Count));
    }

    [Fact]
    public void When_the_store_is_back_the_page_goes_on_by_itself()
    {
        using var context = Context();
        context.Overview.Failure = new ClickHouseException("gone", StoreFailure.Unavailable);
        var page = context.Render<Overview>();
        Assert.Contains("none is lost", page.Find("[role=alert]").TextContent);

        context.Overview.Failure = null;
        context.Clock.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Equal("7", Tile(page, "Requests").QuerySelector(".tile-value")!.TextContent));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void A_source_that_cannot_be_read_is_named_among_the_numbers()
    {
        using var context = Context();
        context.Sources.Report(new SourceStatus("audit.log", "file", "prod", SourceState.Failed, Message: "audit.log: permission denied"));
        context.Sources.Report(new SourceStatus("other.log", "file", "prod", SourceState.Following));
        var page = context.Render<Overview>();

        context.Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("1 / 2", Tile(page, "Sources").QuerySelector(".tile-value")!.TextContent));
        Assert.Equal("audit.log: permission denied", Tile(page, "Sources").QuerySelector(".tile-note")!.TextContent);
    }

    private static PageContext Context() => new(new FakeReads()) { Overview = { Answer = (request, _) => FakeOverview.Some(request) } };

    private static string Search(string filter) => new SearchAddress { Filter = filter, Time = Day }.ToString();

    private static IElement Tile(IRenderedComponent<Overview> page, string name) =>
        page.FindAll("a.tile").Single(tile => tile.QuerySelector(".tile-name")!.TextContent == name);

    private static IElement Card(IRenderedComponent<Overview> page, string name) => page.Find($"section[aria-label='{name}']");

    private static IEnumerable<string?> Links(IRenderedComponent<Overview> page, string card, string selector) =>
        Card(page, card).QuerySelectorAll(selector).Select(link => link.GetAttribute("href"));

    private static void Pick(IRenderedComponent<Overview> page, int chart, int first, int last, int series) =>
        page.InvokeAsync(() => page.FindComponents<HistogramPlot>()[chart].Instance.Picked(first, last, series)).GetAwaiter().GetResult();
}
