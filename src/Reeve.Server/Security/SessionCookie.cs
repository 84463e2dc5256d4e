using Microsoft.AspNetCore.Http;

namespace Reeve.Server.Security;

/// <summary>The cookie that carries a session's secret: no script can read it, no other site can send it.</summary>
internal static class SessionCookie
{
    // RFC 6265bis §4.1.3.2: with this prefix a browser takes the cookie over TLS only, for this host only.
    private const string SecureName = "__Host-reeve_session";
    private const string PlainName = "reeve_session";

    public static string? Read(HttpRequest request) =>
        request.Cookies[Name(request)] is { Length: > 0 and <= SecretToken.MaxLength } secret ? secret : null;

    public static void Set(HttpContext context, string secret) =>
        context.Response.Cookies.Append(Name(context.Request), secret, Options(context.Request));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(Name(context.Request), Options(context.Request));

    private static string Name(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
