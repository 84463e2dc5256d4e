using CsCheck;
using Reeve.Server.Alerts;

namespace Reeve.Server.Tests.Alerts;

public sealed class DetectionFollowerTests
{
    private const string Changed =
        """
        title: Secret read
        name: read
        id: 10000000-0000-0000-0000-000000000001
        logsource: {product: kubernetes, service: audit}
        detection: {read: {objectRef.resource: secrets, verb: get}, condition: read}
        ---
        title: Many secrets
        id: 10000000-0000-0000-0000-000000000002
        level: critical
        correlation: {type: value_count, rules: [read], group-by: [user.username], timespan: 5m, condition: {field: objectRef.name, gte: 3}}
        """;

    [Fact]
    public async Task A_window_half_full_outlives_the_process_whether_or_not_it_was_saved()
    {
        await using var harness = new DetectionHarness();
        await harness.AddAsync("eve", "a", 0);
        harness.Follow();
        harness.Follower.Save();
        await harness.AddAsync("eve", "b", 1);
        harness.Follow();
        harness.Kill();
        await harness.AddAsync("eve", "c", 2);
        harness.Follow();

        var alert = Assert.Single(harness.Reads.List(new AlertQuery { Rule = "Many secrets" }).Alerts);
        Assert.Equal(3, alert.Count);
        Assert.Equal(3, harness.Reads.List(new AlertQuery { Rule = "Secret read" }).Alerts.Count);
    }

    [Fact]
    public async Task Cursor_follows_what_was_saved()
    {
        await using var harness = new DetectionHarness();
        await harness.AddAsync("eve", "a", 0);
        harness.Follow();
        Assert.Equal(1UL, harness.Journal.Status.Consumers["detection"]);
        harness.Time.Advance(TimeSpan.FromSeconds(2));
        harness.Follow();

        Assert.Equal(harness.Journal.DurableEnd, harness.Journal.Status.Consumers["detection"]);
        Assert.Equal(harness.Journal.DurableEnd, harness.Saved.Load()!.Position);
    }

    [Fact]
    public async Task State_that_cannot_be_read_costs_windows_and_no_event()
    {
        await using var harness = new DetectionHarness();
        await harness.AddAsync("eve", "a", 0);
        harness.Follow();
        harness.Follower.Save();
        var saved = harness.Saved.Load()!;
        harness.Saved.Save(saved with { State = saved.State[..^3] });
        harness.Kill();
        await harness.AddAsync("eve", "b", 1);
        harness.Follow();

        Assert.Equal(2, harness.Reads.List(new AlertQuery { Rule = "Secret read" }).Alerts.Count);
    }

    [Fact]
    public async Task A_journal_that_began_anew_is_read_from_its_beginning()
    {
        await using var harness = new DetectionHarness();
        for (var i = 0; i < 5; i++)
            await harness.AddAsync("eve", "a", i);
        harness.Follow();
        harness.Follower.Save();
        await harness.LoseJournalAsync();
        await harness.AddAsync("bob", "a", 100);
        harness.Follow();

        Assert.Single(harness.Reads.List(new AlertQuery { Text = "bob", Rule = "Secret read" }).Alerts);
    }

    [Fact]
    public async Task What_only_the_end_tells_is_told_when_nothing_has_come_for_five_minutes()
    {
        await using var harness = new DetectionHarness();
        await harness.AddAsync("eve", "a", 0);
        harness.Follow();
        harness.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        harness.Follow();
        Assert.Empty(harness.Reads.List(new AlertQuery { Rule = "Nobody came back" }).Alerts);

        harness.Time.Advance(TimeSpan.FromSeconds(1));
        harness.Follow();
        Assert.Single(harness.Reads.List(new AlertQuery { Rule = "Nobody came back" }).Alerts);
    }

    [Fact]
    public async Task Rules_that_change_leave_the_windows_of_those_that_ask_for_the_same()
    {
        await using var harness = new DetectionHarness();
        await harness.AddAsync("eve", "a", 0);
        await harness.AddAsync("eve", "b", 1);
        harness.Follow();
        harness.WriteRules(Changed);
        await harness.AddAsync("eve", "c", 2);
        harness.Follow();

        var alert = Assert.Single(harness.Reads.List(new AlertQuery { Rule = "Many secrets" }).Alerts);
        Assert.Equal((3L, Audit.Findings.FindingLevel.Critical), (alert.Count, alert.Level));
    }

    // Events of three people, up to two minutes out of order, through processes that are killed now and then: before and after their state is saved.
    [Fact]
    public async Task Whatever_the_kills_the_alerts_are_those_of_one_process() =>
        await Gen.Select(
            Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 120]).Array[1, 40],
            Gen.Int[0, 3].Array[40]).SampleAsync(
            async (reads, fates) =>
            {
                var limits = new DetectionLimits { Entries = 3, SaveEvery = TimeSpan.FromDays(1), SettleEvery = 4 };
                await using var steady = new DetectionHarness(limits);
                await using var killed = new DetectionHarness(limits);
                for (var i = 0; i < reads.Length; i++)
                {
                    var (actor, name, late) = reads[i];
                    var second = (i * 20) - late;
                    await steady.AddAsync($"person-{actor}", $"secret-{name}", second + (i / 100.0));
                    await killed.AddAsync($"person-{actor}", $"secret-{name}", second + (i / 100.0));
                    Live(killed, fates[i]);
                }

                steady.Follow();
                killed.Follow();
                Assert.Equal(steady.Alerts, killed.Alerts);
            }, iter: 40);

    private static void Live(DetectionHarness harness, int fate)
    {
        if (fate > 0)
            harness.Follower.Step();
        if (fate == 1)
            harness.Follower.Save();
        if (fate == 2)
            harness.Kill();
    }
}
