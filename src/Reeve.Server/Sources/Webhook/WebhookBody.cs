using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;
using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources.Webhook;

/// <summary>Receives the body of a request within the limits. Thread-safe.</summary>
internal sealed class WebhookBody(WebhookOptions options, BytesInFlight room, ScrubKey key, TimeProvider time)
{
    private const int RestBlock = 64 << 10;

    /// <summary>
    /// The whole body, which the caller disposes, or why there is none. A body that is too large has its beginning and says
    /// how much is missing.
    /// </summary>
    /// <exception cref="OperationCanceledException">The sender is gone.</exception>
    public async Task<(BodyBuffer? Body, WebhookRefusal? Refusal)> ReceiveAsync(HttpContext context)
    {
        if (Encoding(context.Request) is not { } isGzip)
            return (null, WebhookRefusal.Encoding);
        Allow(context);
        using var patience = new CancellationTokenSource(options.BodyTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, patience.Token);
        var body = new BodyBuffer(room);
        var refusal = await RefusalAsync(context.Request, isGzip, body, either.Token);
        context.RequestAborted.ThrowIfCancellationRequested();
        if (refusal is null && body.IsBlank && !body.IsCut)
            refusal = WebhookRefusal.Empty;
        if (refusal is null)
            return (body, null);
        body.Dispose();
        return (null, refusal);
    }

    // x-gzip is gzip (RFC 9110 §8.4.1.3).
    private static bool? Encoding(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
    {
        "" or "identity" => false,
        "gzip" or "x-gzip" => true,
        _ => null,
    };

    // The listener's limit is made for forms; this endpoint counts by itself.
    private void Allow(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        // The streams of an HTTP/2 connection share a rate, which no request may set: there the listener's holds.
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = new MinDataRate(options.SlowestRate, options.SlowGrace);
    }

    private async Task<WebhookRefusal?> RefusalAsync(HttpRequest request, bool isGzip, BodyBuffer body, CancellationToken ct)
    {
        try
        {
            await using var gzip = isGzip ? new GzipBody(request.Body) : null;
            return await ReadAsync(gzip ?? request.Body, body, ct) ? null : WebhookRefusal.TooMany;
        }
        catch (InvalidDataException)
        {
            return WebhookRefusal.BadGzip;
        }
        catch (BadHttpRequestException failure)
        {
            return failure.StatusCode == StatusCodes.Status408RequestTimeout ? WebhookRefusal.TooSlow : WebhookRefusal.Malformed(failure.StatusCode);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            return WebhookRefusal.TooSlow;
        }
    }

    private async Task<bool> ReadAsync(Stream stream, BodyBuffer body, CancellationToken ct)
    {
        while (true)
        {
            if (body.Reserve(options.MaxBody) is not { } free)
                return false;
            if (free.IsEmpty)
                break;
            var count = await stream.ReadAsync(free, ct);
            if (count == 0)
                return true;
            body.Advance(count);
        }

        await ReadRestAsync(stream, body, ct);
        return true;
    }

    private async Task ReadRestAsync(Stream stream, BodyBuffer body, CancellationToken ct)
    {
        using var tail = new Scrubber(key).BeginTail();
        var block = ArrayPool<byte>.Shared.Rent(RestBlock);
        try
        {
            while (tail.Bytes < options.MaxRest && await stream.ReadAsync(block, ct) is > 0 and var count)
                tail.Append(block.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        if (tail.Bytes > 0)
            body.Tail = tail.Finish();
    }
}
