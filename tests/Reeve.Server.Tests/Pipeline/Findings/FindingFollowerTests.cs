using Reeve.Audit;
using Reeve.Audit.Requests;
using Reeve.Server.Pipeline.Findings;
using Reeve.Store.ClickHouse;

namespace Reeve.Server.Tests.Pipeline.Findings;

public sealed class FindingFollowerTests
{
    private static readonly LaneKey Hook = new("hook", "prod", "cp-1", 0);

    [Fact]
    public async Task Request_without_a_later_stage_is_an_orphan_once_the_watermark_is_five_minutes_past()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1);
        await harness.AddAnsweredAsync(300.9);
        await harness.FollowAsync();
        Assert.Empty(harness.Store.All);

        await harness.AddAnsweredAsync(301);
        await harness.FollowAsync();
        await harness.FollowAsync();

        var finding = Assert.Single(harness.Store.All);
        Assert.Equal(("orphan", "medium", "prod", "hook", FindingHarness.Noon.AddSeconds(1), 3UL), (finding.Kind, finding.Level, finding.Cluster, finding.Source, finding.Time, finding.Event.Sequence));
        Assert.Equal(1, harness.Counted("reeve.findings"));
    }

    [Theory]
    [InlineData("ResponseStarted")]
    [InlineData("ResponseComplete")]
    [InlineData("Panic")]
    public async Task Any_later_stage_is_an_answer(string stage)
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1);
        await harness.AddAsync("/a", stage, 290);
        await harness.AddAnsweredAsync(900);
        await harness.FollowAsync();

        Assert.Empty(harness.Store.All);
    }

    [Fact]
    public async Task Answer_that_comes_before_its_request_is_one()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "ResponseComplete", 2);
        await harness.FollowAsync();
        await harness.AddAsync("/a", "RequestReceived", 1);
        await harness.AddAnsweredAsync(900);
        await harness.FollowAsync();

        Assert.Empty(harness.Store.All);
        Assert.Equal(0, harness.Counted("reeve.requests.unjudged"));
    }

    [Fact]
    public async Task Answer_through_another_source_is_one()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1);
        await harness.AddAsync("/a", "ResponseComplete", 2, new LaneKey("syslog", "prod", "relay", 0));
        await harness.AddAnsweredAsync(900);
        await harness.FollowAsync();

        Assert.Empty(harness.Store.All);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_of_which_a_relay_cut_the_end_is_one(bool later)
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1);
        if (later)
            await harness.FollowAsync();
        await harness.AddAsync("/a", "ResponseComplete", 2, integrity: Integrity.TruncatedBySender);
        await harness.AddAnsweredAsync(900);
        await harness.FollowAsync();

        Assert.Equal("truncation", Assert.Single(harness.Store.All).Kind);
    }

    [Fact]
    public async Task Request_that_runs_long_is_none()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1, verb: "watch");
        await harness.AddAnsweredAsync(900);
        await harness.FollowAsync();

        Assert.Empty(harness.Store.All);
    }

    [Fact]
    public async Task Stream_that_shows_no_answers_is_not_judged()
    {
        await using var harness = new FindingHarness();
        for (var request = 0; request < 5; request++)
            await harness.AddAsync($"/{request}", "RequestReceived", request * 300);
        // A failed authentication has no request before it, and a watch is no request like others.
        await harness.AddAsync("/401", "ResponseStarted", 1600);
        await harness.AddAsync("/w", "RequestReceived", 1600, verb: "watch");
        await harness.AddAsync("/w", "ResponseStarted", 1601, verb: "watch");
        await harness.AddAnsweredAsync(1600, Hook with { Source = "other" });
        await harness.FollowAsync();

        Assert.Empty(harness.Store.All);
        Assert.Equal(5, harness.Counted("reeve.requests.unjudged"));
    }

    [Fact]
    public async Task Event_from_the_future_does_not_hurry_the_others()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1, received: 2);
        await harness.AddAsync("/odd", "ResponseComplete", 40_000, received: 3);
        await harness.FollowAsync();

        Assert.Empty(harness.Store.All);
        await harness.AddAsync("/a", "ResponseComplete", 2, received: 3);
        await harness.AddAnsweredAsync(900);
        await harness.FollowAsync();
        Assert.Empty(harness.Store.All);
    }

    [Fact]
    public async Task Another_host_does_not_hurry_one_that_is_late()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1);
        await harness.AddAnsweredAsync(5_000, Hook with { Host = "cp-2" });
        await harness.FollowAsync();
        Assert.Empty(harness.Store.All);

        await harness.AddAnsweredAsync(301);
        await harness.FollowAsync();
        Assert.Equal("/a", harness.Orphans);
    }

    [Fact]
    public async Task Cut_and_unreadable_records_are_findings_of_their_own()
    {
        await using var harness = new FindingHarness();
        await harness.AddAsync("/a", "ResponseComplete", 0, integrity: Integrity.TruncatedBySender);
        await harness.AddAsync("/b", "ResponseComplete", 0, integrity: Integrity.TruncatedByApiserver);
        await harness.AddAsync("/c", "", 0, integrity: Integrity.Unreadable);
        await harness.AddAsync("/d", "ResponseComplete", 0);
        await harness.FollowAsync();

        Assert.Equal(
            [("truncation", 1UL), ("truncation", 2UL), ("unreadable", 3UL)],
            harness.Store.All.Select(finding => (finding.Kind, finding.Event.Sequence)));
        Assert.Contains("truncated-by-apiserver", harness.Store.All.ElementAt(1).Detail);
    }

    [Fact]
    public async Task Too_many_open_requests_are_forgotten_from_the_first_on_and_counted()
    {
        await using var harness = new FindingHarness(new FindingLimits { OpenRequests = 3 });
        await harness.AddAnsweredAsync(0);
        for (var request = 1; request <= 5; request++)
            await harness.AddAsync($"/{request}", "RequestReceived", request);
        await harness.AddAnsweredAsync(10);
        await harness.FollowAsync();
        harness.Kill();
        await harness.AddAnsweredAsync(900);
        await harness.FollowAsync();

        Assert.Equal("/3 /4 /5", harness.Orphans);
        Assert.Equal(2, harness.Counted("reeve.requests.evicted"));
    }

    [Fact]
    public async Task Store_that_is_away_only_delays_the_findings()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1);
        await harness.AddAnsweredAsync(900);
        harness.Store.Away = new ClickHouseException("away", StoreFailure.Unavailable);
        var step = harness.FollowAsync();
        await harness.AddAsync("/b", "ResponseComplete", 901);
        Assert.False(step.IsCompleted);

        harness.Store.Away = null;
        await step;
        Assert.Equal("/a", harness.Orphans);
    }
}
