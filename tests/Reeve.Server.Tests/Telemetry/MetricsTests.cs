using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Telemetry;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task Counters_carry_the_names_and_labels_that_dashboards_know()
    {
        await using var server = await RunningServer.StartAsync();
        var metrics = server.Services.GetRequiredService<ReeveMetrics>();
        metrics.EventsReceived("audit-log", "prod", 3);
        metrics.EventsReceived("audit-log", "prod", 4);
        metrics.EventsReceived("audit-log", "dev", 5);
        metrics.DuplicatesDropped("audit-log", "prod", 1);
        metrics.Gauge("reeve.journal.bytes", "Bytes in the journal.", () => 42);

        var exposition = await ScrapeAsync(server);

        Assert.Contains("reeve_events_received_total{cluster=\"prod\",source=\"audit-log\"} 7", exposition);
        Assert.Contains("reeve_events_received_total{cluster=\"dev\",source=\"audit-log\"} 5", exposition);
        Assert.Contains("reeve_events_duplicate_total{cluster=\"prod\",source=\"audit-log\"} 1", exposition);
        Assert.Contains("reeve_journal_bytes{} 42", exposition);
        Assert.Contains("# TYPE reeve_events_received_total counter", exposition);
        Assert.Contains(exposition, line => line.StartsWith("# HELP reeve_events_received_total ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Name_that_says_total_already_says_it_once()
    {
        await using var server = await RunningServer.StartAsync();
        using var meter = new Meter(ReeveMetrics.MeterName);
        meter.CreateCounter<long>("reeve_test_things_total").Add(2);

        Assert.Contains("reeve_test_things_total{} 2", await ScrapeAsync(server));
    }

    [Fact]
    public async Task Hostile_label_cannot_forge_a_series()
    {
        await using var server = await RunningServer.StartAsync();
        server.Services.GetRequiredService<ReeveMetrics>().EventsReceived("a\"} 1\nforged_total 9\n#", "prod", 1);

        Assert.DoesNotContain(await ScrapeAsync(server), line => line.StartsWith("forged_total", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runtime_is_measured_too()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Contains(await ScrapeAsync(server), line => line.StartsWith("dotnet_process_memory_working_set_bytes", StringComparison.Ordinal));
    }

    private static async Task<string[]> ScrapeAsync(RunningServer server)
    {
        using var client = server.Client();
        return (await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n');
    }
}
