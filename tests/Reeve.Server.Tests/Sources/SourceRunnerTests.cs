using Reeve.Server.Pipeline;
using Reeve.Server.Sources;
using Reeve.Server.Telemetry;
using Reeve.Server.Tests.Pipeline;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Sources;

public sealed class SourceRunnerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Source_that_fails_is_made_anew_after_one_second_doubling_to_a_minute()
    {
        await using var harness = new RunnerHarness(Enumerable.Repeat("no memory", 8));

        var waits = await harness.RunToEndAsync();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(9, harness.Made);
    }

    [Fact]
    public async Task Failure_is_logged_once_for_each_change_of_its_reason()
    {
        await using var harness = new RunnerHarness(["no memory", "no memory", "no disk", "no disk", "no memory"]);

        await harness.RunToEndAsync();

        Assert.Equal(["no memory", "no disk", "no memory"], harness.Log.Lines.Select(line => line[(line.LastIndexOf(" no ", StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public async Task Source_says_why_it_failed_until_it_reads_again()
    {
        await using var harness = new RunnerHarness(["no memory"]);
        var running = harness.RunAsync(Ct);
        await harness.Time.NextWaitAsync(Ct);

        var status = Assert.Single(harness.Registry.Snapshot());
        Assert.Equal((SourceState.Failed, "no memory"), (status.State, status.Message));
        Assert.Equal(
            new Readiness(Ready: false, "files: no memory", "mend what is named; reading goes on by itself"),
            SourcesReadiness.Of(harness.Registry.Snapshot()));

        harness.Time.Advance(TimeSpan.FromSeconds(1));
        await running;
        Assert.True(SourcesReadiness.Of(harness.Registry.Snapshot()).Ready);
    }

    [Fact]
    public async Task Source_that_is_told_to_end_while_it_waits_is_not_made_again()
    {
        await using var harness = new RunnerHarness(["no memory"]);
        using var stop = new CancellationTokenSource();
        var running = harness.RunAsync(stop.Token);
        await harness.Time.NextWaitAsync(Ct);

        await stop.CancelAsync();
        await running;

        Assert.Equal(1, harness.Made);
    }

    /// <summary>A source that fails once for each reason, then reads to its end.</summary>
    private sealed class RunnerHarness(IEnumerable<string> reasons) : IAsyncDisposable
    {
        private readonly IntakeHarness _pipeline = new();
        private readonly Queue<string> _reasons = new(reasons);

        public TimerSignal Time { get; } = new();

        public SourceRegistry Registry { get; } = new();

        public LogLines<SourceRunner> Log { get; } = new();

        public int Made { get; private set; }

        public Task RunAsync(CancellationToken ct) =>
            new SourceRunner(_pipeline.Journal, _pipeline.State, _pipeline.Positions, Time, Log).RunAsync(new("files", Make), ct);

        public async Task<List<TimeSpan>> RunToEndAsync()
        {
            var waits = new List<TimeSpan>();
            var failures = _reasons.Count;
            var running = RunAsync(Ct);
            while (waits.Count < failures)
            {
                waits.Add(await Time.NextWaitAsync(Ct));
                Time.Advance(waits[^1]);
            }

            await running;
            return waits;
        }

        public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

        private FailingSource Make()
        {
            Made++;
            return new(_reasons, Registry);
        }
    }

    private sealed class FailingSource(Queue<string> reasons, SourceRegistry registry) : ISource
    {
        public string Name => "files";

        public async Task RunAsync(CancellationToken ct)
        {
            await Task.Yield();
            if (reasons.TryDequeue(out var reason))
                throw new InvalidOperationException(reason);
            registry.Report(new(Name, "file", "default", SourceState.Done));
        }

        public void Fail(string reason) => registry.Report(new(Name, "file", "default", SourceState.Failed, Message: reason));
    }
}
