using Reeve.Journaling;
using Reeve.Server.Configuration;

namespace Reeve.Server.Sources.Webhook;

/// <summary>The webhook among the sources: opens the gate while it runs, and reports what came through it.</summary>
internal sealed class WebhookSource(
    SourceConfiguration source, WebhookGate gate, Journal journal, SourceRegistry registry, SenderRegistry senders, TimeProvider time) : ISource
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        Report();
        gate.Open();
        try
        {
            using var timer = new PeriodicTimer(ReportEvery, time);
            while (await timer.WaitForNextTickAsync(ct))
                Report();
        }
        finally
        {
            gate.Close();
        }
    }

    /// <inheritdoc/>
    public void Fail(string reason) => registry.Report(Status(SourceState.Failed, reason));

    private void Report()
    {
        var waits = journal.Status.Blocked?.Message;
        var message = waits ?? (senders.TotalsOf(source.Name).Events == 0 ? "waiting for the first event" : null);
        registry.Report(Status(waits is null ? SourceState.Following : SourceState.Waiting, message));
    }

    // Each request says in its path which cluster it is about.
    private SourceStatus Status(SourceState state, string? message)
    {
        var totals = senders.TotalsOf(source.Name);
        return new(source.Name, source.Type, Cluster: "", state, totals.Events, totals.LastEvent, Message: message)
        {
            Duplicates = totals.Duplicates,
            Unreadable = totals.Unreadable,
            Truncated = totals.Cut,
        };
    }
}
