using CsCheck;
using Reeve.Audit.Requests;
using Reeve.Server.Pipeline.Findings;

namespace Reeve.Server.Tests.Pipeline.Findings;

public sealed class FindingCrashTests
{
    private const int Requests = 40;

    [Fact]
    public async Task Open_requests_and_watermarks_outlive_the_process()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1);
        await harness.AddAsync("/b", "RequestReceived", 2);
        await harness.FollowAsync();
        harness.Kill();
        await harness.AddAsync("/b", "ResponseComplete", 3);
        await harness.AddAnsweredAsync(301);
        await harness.FollowAsync();
        harness.Kill();
        await harness.FollowAsync();

        Assert.Equal("/a", harness.Orphans);
        Assert.Equal(0, harness.Store.Repeated);
    }

    [Fact]
    public async Task Finding_that_was_added_right_before_the_end_is_not_added_again()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1);
        await harness.AddAnsweredAsync(900);
        harness.Store.DiesAfterAdding = new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(harness.FollowAsync);
        harness.Kill();
        await harness.FollowAsync();

        Assert.Equal("/a", harness.Orphans);
        Assert.Equal(1, harness.Store.Repeated);
    }

    [Fact]
    public async Task Cursor_never_runs_ahead_of_what_was_saved()
    {
        await using var harness = new FindingHarness();
        await harness.AddAnsweredAsync(0);
        await harness.AddAsync("/a", "RequestReceived", 1);
        await harness.AddAnsweredAsync(900);
        harness.Store.DiesAfterAdding = new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(harness.FollowAsync);
        Assert.Equal(1UL, harness.Journal.Status.Consumers["findings"]);

        harness.Kill();
        await harness.FollowAsync();
        Assert.Equal(harness.Journal.DurableEnd, harness.Journal.Status.Consumers["findings"]);
    }

    // Requests of two hosts, some of them without an answer, in an order that is off by up to four minutes, through processes that are
    // killed now and then: between steps, and after findings were added.
    [Fact]
    public async Task Whatever_the_order_and_the_kills_the_orphans_are_those_that_were_never_answered() =>
        await Gen.Select(
            Gen.Select(Gen.Int[0, 2_000], Gen.Int[0, 50], Gen.Int[0, 240], Gen.Bool, Gen.Int[0, 3]).Array[Requests],
            Gen.Int[0, 4].Array[3 * Requests]).SampleAsync(
            async (requests, fates) =>
            {
                await using var harness = new FindingHarness(new FindingLimits { Entries = 7, Remarks = 2 });
                var stages = new List<(double At, double Time, string Uri, string Stage, LaneKey Lane)>();
                foreach (var (i, (at, takes, late, second, fate)) in requests.Index())
                {
                    var lane = new LaneKey("hook", "prod", second ? "cp-2" : "cp-1", 0);
                    stages.Add((at + (fate == 1 ? late : 0), at, $"/{i}", "RequestReceived", lane));
                    if (fate != 0)
                        stages.Add((at + takes + (fate == 2 ? late : 0), at + takes, $"/{i}", "ResponseComplete", lane));
                }

                await harness.AddAnsweredAsync(0, new LaneKey("hook", "prod", "cp-1", 0));
                foreach (var (i, stage) in stages.OrderBy(stage => stage.At).Index())
                {
                    await harness.AddAsync(stage.Uri, stage.Stage, stage.Time, stage.Lane);
                    if (fates[i] == 1)
                        await harness.StepAsync();
                    else if (fates[i] == 2)
                        harness.Kill();
                }

                foreach (var host in new[] { "cp-1", "cp-2" })
                    await harness.AddAnsweredAsync(9_000, new LaneKey("hook", "prod", host, 0));
                harness.Store.DiesAfterAdding = new InvalidOperationException("killed");
                while (true)
                {
                    try
                    {
                        await harness.FollowAsync();
                        break;
                    }
                    catch (InvalidOperationException)
                    {
                        harness.Kill();
                    }
                }

                var expected = requests.Index().Where(request => request.Item.Item5 == 0).Select(request => $"/{request.Index}").Order(StringComparer.Ordinal);
                Assert.Equal(string.Join(' ', expected), harness.Orphans);
            },
            iter: 25);
}
