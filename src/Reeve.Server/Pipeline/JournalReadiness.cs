using Reeve.Journaling;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Pipeline;

/// <summary>Whether the journal takes events.</summary>
internal sealed class JournalReadiness(Journal journal) : IReadinessCheck
{
    /// <inheritdoc/>
    public string Name => "journal";

    /// <inheritdoc/>
    public ValueTask<Readiness> CheckAsync(CancellationToken cancellationToken)
    {
        var status = journal.Status;
        return ValueTask.FromResult(status.Blocked is { } block
            ? new Readiness(Ready: false, block.Message, "it goes on by itself as soon as there is room")
            : new Readiness(Ready: true, $"{status.NextSequence - 1} entries, {status.Bytes / (1 << 20)} MiB"));
    }
}
