using Bunit;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Pages;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;

namespace Reeve.Server.Tests.Ui;

public sealed class SearchPageTests
{
    private static readonly DateTime Old = new(2026, 3, 1, 10, 30, 20, DateTimeKind.Utc);

    [Fact]
    public void Without_a_source_the_page_says_how_to_give_one()
    {
        using var context = new PageContext(new FakeReads());

        Assert.Contains("reeve serve", context.Render<Search>().Find(".empty code").TextContent);
    }

    [Fact]
    public void While_files_are_read_the_page_shows_how_far()
    {
        using var context = new PageContext(new FakeReads());
        context.Sources.Report(new SourceStatus("audit.log", "file", "default", SourceState.Importing, Events: 1200, BytesRead: 25, BytesTotal: 100));

        var page = context.Render<Search>();

        Assert.Equal("25", page.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Contains("import has begun", page.Find(".empty").TextContent);
    }

    [Fact]
    public void When_events_lie_outside_the_range_one_click_leads_there()
    {
        using var context = new PageContext(new FakeReads(Event(1, Old)));

        var page = context.Render<Search>();

        Assert.Contains("No events in the last 24 hours", page.Find(".empty h2").TextContent);
        Assert.Contains("2026-03-01 10:30:20 UTC", page.Find(".empty p").TextContent);
        context.Open(page.Find(".empty .primary").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".search-count").TextContent));
    }

    [Fact]
    public void When_a_filter_matches_nothing_the_term_to_leave_out_is_named()
    {
        var reads = new FakeReads(Event(1, Old)) { Matches = (query, _) => query.Filter?.ToString().Contains("verb:delete") != true };
        using var context = new PageContext(reads);
        context.Open("/search?from=all&q=user:alice+verb:delete");

        var looser = context.Render<Search>().Find(".empty .actions a");

        Assert.Contains("verb:delete", looser.TextContent);
        Assert.Equal("/search?q=user%3Aalice&from=all", looser.GetAttribute("href"));
    }

    [Fact]
    public void New_events_are_counted_without_reload()
    {
        var reads = new FakeReads(Event(1, Old), Event(2, Old.AddSeconds(1))) { Matches = (_, row) => row.Id.Sequence == 1 };
        using var context = new PageContext(reads);
        context.Open("/search?from=all");
        var page = context.Render<Search>();
        Assert.Equal("1", page.Find(".search-count").TextContent);

        reads.Matches = (_, _) => true;
        context.Current = context.Current with { Stored = 2 };
        context.Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("2", page.Find(".search-count").TextContent));
    }

    [Fact]
    public void The_store_is_not_asked_again_while_nothing_changed()
    {
        var reads = new FakeReads(Event(1, Old));
        using var context = new PageContext(reads);
        context.Open("/search?from=all");
        context.Render<Search>();
        var asked = reads.Asked.Count;

        for (var i = 0; i < 20; i++)
            context.Clock.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(asked, reads.Asked.Count);
    }

    [Fact]
    public void When_the_store_is_back_the_page_goes_on_by_itself()
    {
        var reads = new FakeReads(Event(1, Old)) { Failure = new ClickHouseException("gone", StoreFailure.Unavailable) };
        using var context = new PageContext(reads);
        context.Open("/search?from=all");
        var page = context.Render<Search>();
        Assert.Contains("none is lost", page.Find("[role=alert]").TextContent);

        reads.Failure = null;
        context.Clock.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".search-count").TextContent));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void A_filter_that_cannot_be_understood_is_not_sent_to_the_store()
    {
        var reads = new FakeReads(Event(1, Old));
        using var context = new PageContext(reads);
        context.Open("/search?q=user:(alice");

        context.Render<Search>();

        Assert.Empty(reads.Asked);
    }

    private static StoredEvent Event(ulong sequence, DateTime time) =>
        Samples.Event(sequence) with { Time = time, User = "alice", Actor = "alice", Verb = "get", Resource = "pods", Code = 200 };
}
