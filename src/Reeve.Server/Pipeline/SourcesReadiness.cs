using Reeve.Server.Sources;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Pipeline;

/// <summary>Whether the sources were started and none has failed.</summary>
internal sealed class SourcesReadiness(IngestService ingest, SourceRegistry registry) : IReadinessCheck
{
    /// <inheritdoc/>
    public string Name => "sources";

    /// <inheritdoc/>
    public ValueTask<Readiness> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        ingest.Started ? Of(registry.Snapshot()) : new Readiness(Ready: false, "remembering what was received before the restart"));

    /// <summary>What the sources' states amount to.</summary>
    internal static Readiness Of(IReadOnlyList<SourceStatus> sources)
    {
        var failed = sources.Where(source => source.State == SourceState.Failed).Select(source => $"{source.Name}: {source.Message}").ToList();
        return failed.Count == 0
            ? new Readiness(Ready: true, "the sources are read")
            : new Readiness(Ready: false, string.Join("; ", failed), "mend what is named; reading goes on by itself");
    }
}
