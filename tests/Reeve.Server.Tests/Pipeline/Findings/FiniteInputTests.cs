using Reeve.Audit.Requests;
using Reeve.Server.Pipeline.Findings;

namespace Reeve.Server.Tests.Pipeline.Findings;

public sealed class FiniteInputTests
{
    private static readonly LaneKey File1 = new("logs", "prod", "", 1);
    private static readonly LaneKey File2 = new("logs", "prod", "", 2);
    private static readonly DateTime LongAgo = FindingHarness.Noon;

    [Fact]
    public async Task Answer_in_a_file_that_is_read_later_is_one()
    {
        await using var harness = new FindingHarness();
        harness.Ends.Behind("logs");
        await harness.AddAnsweredAsync(0, File1);
        await harness.AddAsync("/a", "RequestReceived", 1, File1);
        // The turn of the first file reaches hours beyond before the second has its own.
        await harness.AddAnsweredAsync(9_000, File1);
        await harness.FollowAsync();
        Assert.Empty(harness.Store.All);

        await harness.AddAsync("/a", "ResponseComplete", 2, File2);
        harness.Reach("logs", (1, LongAgo), (2, LongAgo));
        await harness.FollowAsync();
        Assert.Empty(harness.Store.All);
    }

    [Fact]
    public async Task End_of_an_import_is_that_of_all_its_files()
    {
        await using var harness = new FindingHarness();
        harness.Ends.Behind("logs");
        harness.Ends.Behind("more");
        await harness.AddAnsweredAsync(0, File1);
        await harness.AddAsync("/a", "RequestReceived", 1, File1);
        await harness.AddAsync("/b", "RequestReceived", 1, File1);
        harness.Reach("logs", (1, LongAgo));
        await harness.FollowAsync();
        Assert.Empty(harness.Store.All);

        await harness.AddAsync("/b", "ResponseComplete", 2, new LaneKey("more", "prod", "", 3));
        harness.Reach("more", (3, LongAgo));
        harness.Reach("logs", (1, LongAgo));
        await harness.FollowAsync();
        Assert.Equal("/a", harness.Orphans);
    }

    [Fact]
    public async Task What_was_journalled_after_the_end_was_told_is_not_at_the_end()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0, File1);
        harness.Reach("logs", (1, LongAgo));
        await harness.AddAsync("/a", "RequestReceived", 1, File1);
        await harness.FollowAsync();
        Assert.Empty(harness.Store.All);

        harness.Reach("logs", (1, LongAgo));
        await harness.FollowAsync();
        Assert.Equal("/a", harness.Orphans);
    }

    [Fact]
    public async Task Log_that_is_still_copied_has_no_end()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0, File1);
        await harness.AddAsync("/a", "RequestReceived", 1, File1);
        harness.Reach("logs", (1, harness.Time.GetUtcNow().UtcDateTime.AddSeconds(-59)));
        await harness.FollowAsync();
        Assert.Empty(harness.Store.All);

        harness.Time.Advance(TimeSpan.FromSeconds(1));
        await harness.FollowAsync();
        Assert.Equal("/a", harness.Orphans);
    }

    [Fact]
    public async Task Live_log_that_is_silent_for_some_minutes_may_go_on()
    {
        await using var harness = new FindingHarness();
        var written = harness.Time.GetUtcNow().UtcDateTime;
        var now = (written - FindingHarness.Noon).TotalSeconds;
        await harness.AddAnsweredAsync(now - 2, File1);
        await harness.AddAsync("/a", "RequestReceived", now - 1, File1, received: now);
        harness.Reach("logs", (1, written));
        harness.Time.Advance(TimeSpan.FromMinutes(59));
        await harness.FollowAsync();
        Assert.Empty(harness.Store.All);

        harness.Time.Advance(TimeSpan.FromMinutes(1));
        await harness.FollowAsync();
        Assert.Equal("/a", harness.Orphans);
    }

    [Fact]
    public async Task Log_that_is_followed_is_judged_by_its_watermark()
    {
        await using var harness = new FindingHarness();
        var now = harness.Time.GetUtcNow().UtcDateTime;
        await harness.AddAnsweredAsync(0, File1);
        await harness.AddAsync("/a", "RequestReceived", 1, File1);
        await harness.AddAnsweredAsync(301, File1);
        harness.Reach("logs", (1, now));
        await harness.FollowAsync();

        Assert.Equal("/a", harness.Orphans);
    }

    [Fact]
    public async Task Rotated_log_that_was_deleted_has_ended()
    {
        await using var harness = new FindingHarness();
        var now = harness.Time.GetUtcNow().UtcDateTime;
        await harness.AddAnsweredAsync(0, File1);
        await harness.AddAsync("/a", "RequestReceived", 1, File1);
        await harness.AddAsync("/b", "RequestReceived", 1, File1);
        await harness.AddAsync("/b", "ResponseComplete", 2, File2);
        harness.Reach("logs", (2, now));
        await harness.FollowAsync();

        Assert.Equal("/a", harness.Orphans);
    }
}
