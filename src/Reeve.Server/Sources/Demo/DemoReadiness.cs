using Reeve.Journaling;
using Reeve.Server.Telemetry;
using Reeve.Store.Loading;

namespace Reeve.Server.Sources.Demo;

/// <summary>Whether the samples can be searched.</summary>
internal sealed class DemoReadiness(DemoProgress progress, Journal journal, StoreLoader loader) : IReadinessCheck
{
    /// <inheritdoc/>
    public string Name => "samples";

    /// <inheritdoc/>
    public ValueTask<Readiness> CheckAsync(CancellationToken cancellationToken)
    {
        // In this order: what is appended in between makes the store look further behind than it is, never ahead.
        var end = journal.DurableEnd;
        var stored = end - Math.Min(end, loader.Status.Lag);
        return ValueTask.FromResult(progress.PastEnd is > 0 and var past && stored >= past
            ? new Readiness(Ready: true, "the samples can be searched")
            : new Readiness(Ready: false, "the samples are being loaded"));
    }
}
