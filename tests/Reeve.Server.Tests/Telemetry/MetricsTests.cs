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

        Assert.Equal("7", Value(exposition, "reeve_events_received_total", ("source", "audit-log"), ("cluster", "prod")));
        Assert.Equal("5", Value(exposition, "reeve_events_received_total", ("source", "audit-log"), ("cluster", "dev")));
        Assert.Equal("1", Value(exposition, "reeve_events_duplicate_total", ("source", "audit-log"), ("cluster", "prod")));
        Assert.Equal("42", Value(exposition, "reeve_journal_bytes"));
        Assert.Contains("# TYPE reeve_events_received_total counter", exposition);
        Assert.Contains(exposition, line => line.StartsWith("# HELP reeve_events_received_total ", StringComparison.Ordinal));
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

    private static string Value(string[] exposition, string name, params (string Name, string Value)[] labels)
    {
        var line = Assert.Single(
            exposition,
            line => (line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
                && labels.All(label => line.Contains($"{label.Name}=\"{label.Value}\"", StringComparison.Ordinal)));
        return line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ', 2) is [var value, ..] && !value.StartsWith(name, StringComparison.Ordinal)
            ? value
            : line.Split(' ')[1];
    }
}
