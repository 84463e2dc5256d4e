using Microsoft.Extensions.Hosting;
using Reeve.Journaling;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Pipeline;

/// <summary>Shows the journal in the metrics.</summary>
internal sealed class JournalGauges(Journal journal, ReeveMetrics metrics) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Gauge("reeve.journal.bytes", "Bytes of journal segments on disk.", () => journal.Status.Bytes);
        metrics.Gauge("reeve.journal.pending.bytes", "Bytes accepted and not yet fsynced.", () => journal.Status.PendingBytes);
        metrics.Gauge("reeve.journal.blocked", "1 while the journal has no room.", () => journal.Status.Blocked is null ? 0 : 1);
        metrics.Gauge("reeve.journal.damaged.entries", "Entries that could not be read.", () => (long)journal.Status.DamagedEntries);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
