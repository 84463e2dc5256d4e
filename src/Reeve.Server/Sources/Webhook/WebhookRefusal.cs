using Microsoft.AspNetCore.Http;

namespace Reeve.Server.Sources.Webhook;

/// <summary>Why a request is not taken, for whoever sent it and for the Sources page.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Names the kind of trouble; see <see cref="SenderTrouble"/>.</param>
/// <param name="Detail">What is wrong and what to do, one line.</param>
/// <param name="RetryAfter">Seconds after which it is worth another try; null where it must change first. client-go keeps to it.</param>
internal sealed record WebhookRefusal(int Status, string Code, string Detail, int? RetryAfter = null)
{
    public static WebhookRefusal Starting { get; } = new(503, "starting", "Reeve is starting and does not take events yet.", 2);

    public static WebhookRefusal Stopping { get; } = new(503, "stopping", "Reeve is stopping.", 2);

    public static WebhookRefusal NoRoom { get; } = new(503, "journal-waits",
        "The journal could not take the events in time: its disk is full, slow or failing, or the store lags behind. /readyz says which.", 5);

    public static WebhookRefusal TooMany { get; } = new(503, "too-many-bytes",
        "Too many bytes are on their way to the journal at this moment.", 1);

    public static WebhookRefusal Empty { get; } = new(400, "empty-body",
        "The body is empty. Send an EventList, an event, or events one a line.");

    public static WebhookRefusal BadGzip { get; } = new(400, "bad-gzip", "The body is not whole, valid gzip, as Content-Encoding says.");

    public static WebhookRefusal TooSlow { get; } = new(408, "too-slow", "The body came too slowly or not to its end.");

    public static WebhookRefusal Encoding { get; } = new(415, "content-encoding",
        "The body has a Content-Encoding other than gzip. Send it as it is, or with gzip.");

    /// <summary>The framing of the request is wrong.</summary>
    public static WebhookRefusal Malformed(int status) => new(status, "malformed-request", "The request's body cannot be read as its headers say.");

    /// <summary>A body larger than the limit, of which the beginning is safe.</summary>
    public static WebhookRefusal TooLarge(int limit, int events, long missing) => new(413, "body-too-large",
        $"The body is larger than {limit >> 20} MiB. The first {limit >> 20} MiB are kept, with {events} events; at least {missing} bytes are not. "
        + "Set --audit-webhook-batch-max-size lower, or --audit-webhook-truncate-enabled.");

    /// <summary>The answer.</summary>
    public IResult ToResult(HttpResponse response)
    {
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Status == StatusCodes.Status415UnsupportedMediaType)
            response.Headers.AcceptEncoding = "gzip";
        return Results.Problem(Detail, statusCode: Status);
    }
}
