using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reeve.Server.Security;

namespace Reeve.Server.Sources.Webhook;

/// <summary>Who may send events of a cluster: whoever has a token that was made for that cluster. Thread-safe.</summary>
internal sealed partial class WebhookAccess(TokenStore tokens, TimeProvider time, ILogger<WebhookAccess> log)
{
    // Slows the log and the Sources page, not who knows the token: that is looked for first.
    private readonly AttemptBuckets _wrong = new(time, burst: 20, refill: TimeSpan.FromSeconds(3));

    /// <summary>Null where the request may send the cluster's events.</summary>
    /// <param name="context">The request, authenticated.</param>
    /// <param name="cluster">The cluster of its path.</param>
    /// <param name="isNoted">Whether the refusal should be told to people; not where somebody tries again and again.</param>
    public WebhookRefusal? Check(HttpContext context, string cluster, out bool isNoted)
    {
        var token = context.Features.Get<ApiToken>();
        isNoted = false;
        if (token is { Role: Role.Source } && token.Cluster == cluster)
            return null;
        var address = context.Connection.RemoteIpAddress;
        isNoted = _wrong.TryTake(SignInThrottle.Network(address));
        if (!isNoted)
            return new(StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many requests without the right token came from this address.", 5);
        var refusal = token is null ? NoToken(context, cluster) : WrongToken(token, cluster);
        LogRefused(address, refusal.Code);
        return refusal;
    }

    /// <summary>Whether somebody made a token for that cluster, so that it is no name out of the air.</summary>
    public bool IsKnown(string cluster) => tokens.HasSource(cluster);

    private static WebhookRefusal NoToken(HttpContext context, string cluster)
    {
        context.Response.Headers.WWWAuthenticate = ReeveAuthentication.Challenge;
        if (context.Request.Headers.Authorization.Count > 0)
            return new(401, "wrong-token", $"The token is unknown, revoked or has expired. Make one with: reeve token create --cluster {Shown(cluster)}");
        return context.Request.IsHttps
            ? new(401, "no-token", $"The request has no token. Make one with: reeve token create --cluster {Shown(cluster)}")
            : new(401, "no-token", "The request has no token. kube-apiserver sends tokens over https only: set listen.tls, and https in the kubeconfig.");
    }

    private static WebhookRefusal WrongToken(ApiToken token, string cluster) => token.Cluster is { } own
        ? ClusterName.IsValid(cluster)
            ? new(403, "wrong-cluster", $"This token sends the events of cluster '{own}', not of '{cluster}'.")
            : new(400, "bad-cluster", $"The cluster in the path is {ClusterName.Form}.")
        : new(403, "wrong-role", $"Only a token made for a cluster sends its events: reeve token create --cluster {Shown(cluster)}");

    private static string Shown(string cluster) => ClusterName.IsValid(cluster) ? cluster : "NAME";

    [LoggerMessage(1, LogLevel.Warning, "A request of {Address} to the webhook was refused: {Reason}")]
    private partial void LogRefused(IPAddress? address, string reason);
}
