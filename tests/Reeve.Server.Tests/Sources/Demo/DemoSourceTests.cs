using System.Text.Json;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Journaling;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Demo;
using Reeve.Server.Tests.Pipeline;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Sources.Demo;

public sealed class DemoSourceTests
{
    private static readonly SourceIdentity Identity = new("demo", "demo", "demo", "", TrustedProxies.None);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_lies_behind_comes_at_once_and_what_lies_ahead_when_it_happens()
    {
        using var folder = new TemporaryFolder();
        await using var harness = new IntakeHarness();
        var (clock, progress) = (new TimerSignal(), new DemoProgress());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = Source(harness, folder, clock, progress).RunAsync(stop.Token);

        var wait = await clock.NextWaitAsync(Ct);
        var past = Times(harness.Journal, 0);
        Assert.InRange(progress.PastEnd, 2UL, harness.Journal.DurableEnd);
        Assert.Equal(clock.GetUtcNow().UtcDateTime, past[^1], TimeSpan.FromMilliseconds(1));

        var count = past.Count;
        for (var step = 0; step < 40; step++)
        {
            clock.Advance(wait);
            wait = await clock.NextWaitAsync(Ct);
        }

        var after = Times(harness.Journal, count);
        Assert.NotEmpty(after);
        Assert.All(after, time => Assert.InRange(time, past[^1], clock.GetUtcNow().UtcDateTime));
        Assert.InRange(after.Count / (clock.GetUtcNow().UtcDateTime - past[^1]).TotalSeconds, 1, 15);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_kept_demo_goes_on_where_it_ended()
    {
        using var folder = new TemporaryFolder();
        await using var harness = new IntakeHarness();
        var clock = new TimerSignal();
        await RunToTheFirstWaitAsync(harness, folder, clock);
        var count = Times(harness.Journal, 0).Count;

        clock.Advance(TimeSpan.FromHours(2));
        await RunToTheFirstWaitAsync(harness, folder, clock);

        var more = Times(harness.Journal, count);
        Assert.InRange(more.Count, 1, count / 2);
        Assert.All(more, time => Assert.InRange(time, clock.GetUtcNow().UtcDateTime.AddHours(-2).AddSeconds(-1), clock.GetUtcNow().UtcDateTime));
    }

    private static async Task RunToTheFirstWaitAsync(IntakeHarness harness, TemporaryFolder folder, TimerSignal clock)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = Source(harness, folder, clock, new DemoProgress()).RunAsync(stop.Token);
        await clock.NextWaitAsync(Ct);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static DemoSource Source(IntakeHarness harness, TemporaryFolder folder, TimerSignal clock, DemoProgress progress) => new(
        new() { Name = "demo", Samples = DemoSamples.Folder, Memory = folder["demo"] },
        Identity, harness.Open(Identity), progress, new SourceRegistry(), harness.Senders, clock);

    private static List<DateTime> Times(Journal journal, int skip)
    {
        var times = new List<DateTime>();
        using var reader = journal.Read(0);
        while (reader.TryRead(out var entry))
        {
            Assert.True(EventEntry.TryRead(entry.Payload, out var context, out var raw));
            Assert.Equal(("demo", "demo"), (context.Cluster, context.Source));
            using var json = JsonDocument.Parse(raw);
            times.Add(json.RootElement.GetProperty("stageTimestamp").GetDateTime().ToUniversalTime());
        }

        return times[skip..];
    }
}
