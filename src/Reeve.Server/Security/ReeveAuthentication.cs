using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Reeve.Server.Security;

/// <summary>
/// Who makes a request: the API token of <c>Authorization: Bearer</c> (RFC 6750) where that header is present, else the
/// session of the cookie. Unknown callers of the API get 401, of pages the way to the sign-in page.
/// </summary>
internal sealed class ReeveAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    SessionStore sessions,
    TokenStore tokens) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "reeve";

    /// <summary>The claim by which a live page asks whether its session still lasts: the session's hash in hexadecimal.</summary>
    public const string SessionClaim = "reeve:session";

    private const string BearerPrefix = "Bearer ";
    private static readonly string[] NotPages = ["/api", "/openapi", "/metrics", "/healthz", "/readyz", "/_blazor", "/_framework"];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        return Task.FromResult(header.Length > 0 ? Token(header) : Session());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (IsPage(Request))
        {
            Response.Redirect(SignInPage(Request));
            return Task.CompletedTask;
        }

        Response.Headers.WWWAuthenticate = "Bearer realm=\"reeve\"";
        return Problem(StatusCodes.Status401Unauthorized, "Sign in, or send an API token as 'Authorization: Bearer TOKEN'.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem(StatusCodes.Status403Forbidden, "The role of this account or token does not allow it.");

    private static string SignInPage(HttpRequest request)
    {
        var path = $"{request.PathBase}{request.Path}{request.QueryString}";
        return path is "/" ? "/sign-in" : $"/sign-in{QueryString.Create("returnUrl", path)}";
    }

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Authorization.Count == 0
        && !NotPages.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.Ordinal));

    private AuthenticateResult Token(string header)
    {
        if (!header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.Fail("not a bearer token");
        return tokens.Find(header[BearerPrefix.Length..].Trim()) is { } token
            ? Success($"token:{token.Name}", token.Role)
            : AuthenticateResult.Fail("the token is unknown, revoked or has expired");
    }

    private AuthenticateResult Session()
    {
        if (SessionCookie.Read(Request) is not { } secret)
            return AuthenticateResult.NoResult();
        var hash = SecretToken.Hash(secret);
        return sessions.Find(hash) is { } person
            ? Success(person.Name, person.Role, new Claim(SessionClaim, Convert.ToHexString(hash)))
            : AuthenticateResult.Fail("the session has ended");
    }

    private AuthenticateResult Success(string name, Role role, params ReadOnlySpan<Claim> more)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role.Name()), .. more], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private Task Problem(int status, string detail) =>
        Results.Problem(detail, statusCode: status).ExecuteAsync(Context);
}
