using Microsoft.AspNetCore.Http;

namespace Reeve.Server.Security;

/// <summary>
/// Refuses requests that another origin makes a browser send with our cookie: everything that changes state, and web
/// sockets, which no other rule of browsers protects. SameSite cookies alone do not: to them every port of one host is the
/// same site. Programs that are no browser send neither header and are not concerned.
/// </summary>
internal sealed class SameOriginGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return IsHarmless(context) || IsSameOrigin(context.Request)
            ? next(context)
            : Results.Problem("The request comes from a page of another origin.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    private static bool IsHarmless(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method))
        && !context.WebSockets.IsWebSocketRequest
        && !context.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);

    // Fetch metadata (W3C) decides where the browser sends it: under our Referrer-Policy the Origin of a form of our own is
    // "null" (Fetch §3.2). A web socket carries the Origin header (RFC 6455 §4.1) always.
    private static bool IsSameOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
