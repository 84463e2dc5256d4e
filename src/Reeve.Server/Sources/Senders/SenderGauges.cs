using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Sources.Senders;

/// <summary>Shows in the metrics when each source last delivered for each cluster. No label names a host: senders choose those.</summary>
internal sealed class SenderGauges(SenderRegistry registry, ReeveMetrics metrics) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Gauges("reeve.source.last.event.seconds", "Unix time of the last event received.", () => Of(
            totals => (totals.LastEvent - DateTimeOffset.UnixEpoch)?.TotalSeconds));
        metrics.Gauges("reeve.source.lag.seconds", "How long the last event was on its way, from its own time to its arrival.", () => Of(
            totals => totals.Lag?.TotalSeconds));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<double>> Of(Func<DeliveryTotals, double?> read) =>
        from delivery in registry.Deliveries()
        let value = read(delivery.Totals)
        where value is not null
        select new Measurement<double>(value.Value, new("source", delivery.Source), new("cluster", delivery.Cluster));
}
