using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Reeve.Server.Sources.Webhook;

/// <summary><c>POST /api/v1/sources/kubernetes/{cluster}[/{host}]</c>: where <c>--audit-webhook-config-file</c> points to.</summary>
internal static class WebhookEndpoint
{
    private const string Path = "/api/v1/sources/kubernetes/{cluster}";

    public static IEndpointRouteBuilder MapReeveWebhook(this IEndpointRouteBuilder endpoints)
    {
        Describe(endpoints.MapPost(Path, (
                [Description("The cluster whose events these are.")] string cluster,
                HttpContext context, WebhookReceiver receiver) => receiver.ReceiveAsync(context, cluster, host: null)))
            .WithName("sendClusterEvents").WithSummary("Send the audit events of a cluster");
        Describe(endpoints.MapPost(Path + "/{host}", (
                [Description("The cluster whose events these are.")] string cluster,
                [Description("Which of its apiservers reports them.")] string host,
                HttpContext context, WebhookReceiver receiver) => receiver.ReceiveAsync(context, cluster, host)))
            .WithName("sendApiserverEvents").WithSummary("Send the audit events of one apiserver");
        return endpoints;
    }

    // The receiver looks at the token itself: what it answers tells people how to set up their apiserver.
    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint)
    {
        foreach (var status in (int[])[400, 401, 403, 408, 413, 415, 429, 503])
            endpoint.ProducesProblem(status);
        return endpoint.AllowAnonymous().WithTags("Sources")
            .Produces<WebhookReceiver.Receipt>()
            .WithDescription("The body is an EventList, an event, or events one a line, also with Content-Encoding gzip; 64 MiB at most. 200 when every event is on the disk; one that cannot be read is kept too. Needs a token with the role source for this cluster.");
    }
}
