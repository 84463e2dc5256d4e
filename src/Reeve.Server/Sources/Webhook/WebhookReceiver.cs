using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Webhook;

/// <summary>
/// Takes the requests of apiservers. One is answered 200 only when every event of its body is fsynced; any other answer means
/// it must come again. Thread-safe.
/// </summary>
internal sealed class WebhookReceiver(
    SourceConfiguration source, WebhookOptions options, WebhookGate gate, WebhookAccess access, WebhookBody bodies, RecentBodies recent,
    WebhookIntakes intakes, WebhookMetrics metrics, ClusterMap clusters, SenderRegistry senders, EventPipeline pipeline,
    IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>What the webhook answers.</summary>
    /// <param name="Events">How many events the body held, those received before included.</param>
    internal sealed record Receipt(int Events);

    /// <summary>Takes one request, from the token to the answer.</summary>
    /// <exception cref="OperationCanceledException">The sender is gone.</exception>
    public async Task<IResult> ReceiveAsync(HttpContext context, string cluster, string? host)
    {
        if (access.Check(context, cluster, out var isNoted) is { } refused)
        {
            if (isNoted)
                NoteStranger(context, cluster, refused);
            return Answer(context, "", refused);
        }

        if (host is not null && !ClusterName.IsValid(host))
            return Answer(context, cluster, new(400, "bad-host", $"The host at the end of the path is {ClusterName.Form}."));
        var identity = Identify(cluster, new Sender(context.Connection.RemoteIpAddress, Host: host ?? ""));
        var (receipt, refusal) = await TakeAsync(context, identity);
        if (refusal is not null)
        {
            Note(identity, refusal);
            return Answer(context, cluster, refusal);
        }

        metrics.Answered(cluster, StatusCodes.Status200OK);
        return TypedResults.Ok(receipt);
    }

    private async Task<(Receipt? Receipt, WebhookRefusal? Refusal)> TakeAsync(HttpContext context, SourceIdentity identity)
    {
        if (await WaitAsync(gate.WhenOpen(), context.RequestAborted) is false)
            return (null, lifetime.ApplicationStopping.IsCancellationRequested ? WebhookRefusal.Stopping : WebhookRefusal.Starting);
        var (body, refusal) = await bodies.ReceiveAsync(context);
        if (body is null)
            return (null, refusal);
        var (bytes, missing) = (body.Length, body.Tail.Bytes);
        var delivery = recent.Begin(body.Key(identity.Cluster), out var isNew);
        if (isNew)
            _ = DeliverAsync(identity, body, delivery);
        else
            body.Dispose();
        if (!await WaitAsync(delivery.Outcome, context.RequestAborted) || await delivery.Outcome is not { IsSafe: true } outcome)
            return (null, lifetime.ApplicationStopping.IsCancellationRequested ? WebhookRefusal.Stopping : WebhookRefusal.NoRoom);
        if (!isNew)
            CountRepeated(identity, outcome.Events, bytes);
        return missing > 0
            ? (null, WebhookRefusal.TooLarge(options.MaxBody, outcome.Events, missing))
            : (new Receipt(outcome.Events), null);
    }

    // Goes on when the sender is gone: the body is here, and the sender will come with it again.
    private async Task DeliverAsync(SourceIdentity identity, BodyBuffer body, BodyDelivery delivery)
    {
        await Task.Yield();
        var outcome = await intakes.StoreAsync(identity, body, lifetime.ApplicationStopping);
        body.Dispose();
        recent.End(delivery, outcome);
    }

    private async Task<bool> WaitAsync(Task task, CancellationToken aborted)
    {
        using var patience = new CancellationTokenSource(options.Patience, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping, patience.Token);
        await task.WaitAsync(any.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        aborted.ThrowIfCancellationRequested();
        return task.IsCompletedSuccessfully;
    }

    private void CountRepeated(SourceIdentity identity, int events, int bytes)
    {
        metrics.Repeated(identity.Cluster);
        pipeline.Report(identity, new IntakeCounts { Bytes = bytes, Events = events, Duplicates = events }, pipeline.Now());
    }

    private IResult Answer(HttpContext context, string cluster, WebhookRefusal refusal)
    {
        metrics.Answered(cluster, refusal.Status);
        return refusal.ToResult(context.Response);
    }

    private void Note(SourceIdentity identity, WebhookRefusal refusal)
    {
        if (refusal != WebhookRefusal.Starting && refusal != WebhookRefusal.Stopping)
            senders.Note(identity, refusal.Code, $"Requests are refused with {refusal.Status}.", refusal.Detail);
    }

    // Without a token anybody can say any cluster and come from many addresses: neither may make a sender of its own.
    private void NoteStranger(HttpContext context, string cluster, WebhookRefusal refusal) => senders.Note(
        Identify(ClusterName.IsValid(cluster) && access.IsKnown(cluster) ? cluster : ClusterMap.Unmapped, Sender.Unknown),
        refusal.Code,
        $"Requests without the right token are refused with {refusal.Status}, the last from {context.Connection.RemoteIpAddress}.",
        refusal.Detail);

    private SourceIdentity Identify(string cluster, Sender sender) => clusters.Identify(source with { Cluster = cluster }, sender);
}
