using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Server.Alerts;
using Reeve.Server.Tests.Pipeline.Findings;
using Reeve.Store.ClickHouse;

namespace Reeve.Server.Tests.Alerts;

public sealed class AlertFindingsTests
{
    [Fact]
    public async Task Events_of_alerts_get_a_finding_each_once_the_store_has_them()
    {
        await using var harness = new DetectionHarness();
        await harness.AddAsync("eve", "a", 0);
        await harness.AddAsync("eve", "b", 1);
        harness.Follow();
        var store = new MemoryFindings(harness.Journal);
        var loaded = 1UL;
        var findings = Findings(harness, store, () => loaded);

        Assert.Equal(0, await findings.WriteAsync(TestContext.Current.CancellationToken));
        loaded = 2;
        Assert.Equal(1, await findings.WriteAsync(TestContext.Current.CancellationToken));
        loaded = 3;
        Assert.Equal(1, await findings.WriteAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await findings.WriteAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["alert Secret read medium 1", "alert Secret read medium 2"], store.All.Select(one => $"{one.Kind} {one.Rule} {one.Level} {one.Event.Sequence}"));
        Assert.All(store.All, one => Assert.NotNull(harness.Reads.Find(System.Text.Json.JsonDocument.Parse(one.Detail).RootElement.GetProperty("alert").GetString()!)));
    }

    [Fact]
    public async Task A_store_that_is_away_and_a_process_that_ends_cost_nothing()
    {
        await using var harness = new DetectionHarness();
        await harness.AddAsync("eve", "a", 0);
        harness.Follow();
        var store = new MemoryFindings(harness.Journal) { Away = new ClickHouseException("away", StoreFailure.Unavailable) };
        var findings = Findings(harness, store, () => 2);

        await Assert.ThrowsAsync<ClickHouseException>(() => findings.WriteAsync(TestContext.Current.CancellationToken));
        (store.Away, store.DiesAfterAdding) = (null, new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => findings.WriteAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await Findings(harness, store, () => 2).WriteAsync(TestContext.Current.CancellationToken));

        Assert.Single(store.All);
        Assert.Equal(1, store.Repeated);
    }

    private static AlertFindings Findings(DetectionHarness harness, MemoryFindings store, Func<ulong> loaded) =>
        new(harness.State, store, loaded, Task.CompletedTask, harness.Time, NullLogger<AlertFindings>.Instance);
}
