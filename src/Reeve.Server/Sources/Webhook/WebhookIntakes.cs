using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Webhook;

/// <summary>Puts bodies into the journal, a limited number at a time; intakes are used again. Thread-safe.</summary>
internal sealed partial class WebhookIntakes(EventPipeline pipeline, WebhookOptions options, TimeProvider time, ILogger<WebhookIntakes> log) : IDisposable
{
    // What an intake has read once stays in its buffers.
    private const int LargestKept = 1 << 20;
    private const int IdleKept = 8;

    private readonly ConcurrentBag<SourceIntake> _idle = [];
    private readonly SemaphoreSlim _turns = new(options.Intakes);
    private readonly SemaphoreSlim _reading = new(Environment.ProcessorCount);

    /// <summary>
    /// Journals a body's events. Returns when all of them are fsynced, duplicates' originals too, or are not journalled at
    /// all: because there was no room for so long, or the server ends. Never throws.
    /// </summary>
    /// <param name="identity">What is stamped on the events.</param>
    /// <param name="body">The body.</param>
    /// <param name="stopping">Ends the wait for room.</param>
    public async Task<DeliveryOutcome> StoreAsync(SourceIdentity identity, BodyBuffer body, CancellationToken stopping)
    {
        try
        {
            using var patience = new CancellationTokenSource(options.Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
            await _turns.WaitAsync(either.Token);
            try
            {
                return await StoreInTurnAsync(identity, body, either.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return DeliveryOutcome.Lost;
        }
        catch (Exception failure)
        {
            LogLost(failure, identity.Cluster);
            return DeliveryOutcome.Lost;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out var intake))
            intake.Dispose();
        _turns.Dispose();
        _reading.Dispose();
    }

    private async Task<DeliveryOutcome> StoreInTurnAsync(SourceIdentity identity, BodyBuffer body, CancellationToken ct)
    {
        var intake = _idle.TryTake(out var idle) ? idle : pipeline.Open(identity);
        var isKept = false;
        try
        {
            await intake.SwitchAsync(identity, ct);
            await ReadAsync(intake, body, ct);
            var events = intake.PendingEvents;
            await intake.SubmitAsync(ct);
            // Numbered they are journalled, whoever still waits for it.
            await intake.WhenSafeAsync(CancellationToken.None);
            isKept = body.Length <= LargestKept && _idle.Count < IdleKept;
            return new(IsSafe: true, events);
        }
        finally
        {
            if (isKept)
                _idle.Add(intake);
            else
                intake.Dispose();
        }
    }

    // Reading is work for a core: more at once only takes the pages and the API theirs.
    private async Task ReadAsync(SourceIntake intake, BodyBuffer body, CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            intake.Add(body.Bytes, body.Tail, default);
        }
        finally
        {
            _reading.Release();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A body of cluster {Cluster} was not journalled; its sender was told to send it again")]
    private partial void LogLost(Exception failure, string cluster);
}
