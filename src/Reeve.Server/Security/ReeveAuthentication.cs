using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Reeve.Server.Security;

/// <summary>
/// Who makes a request: the API token of <c>Authorization: Bearer</c> (RFC 6750) where that header is present, else the
/// session of the cookie. Unknown callers of the API get 401, of pages the way to the sign-in page. A valid token is also
/// left as a feature of the request: one that only sends events signs nobody in, and its endpoint looks for it there.
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

    /// <summary>What a caller without a valid token is asked for (RFC 6750 §3).</summary>
    public const string Challenge = "Bearer realm=\"reeve\"";

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

        if (Context.Features.Get<ApiToken>() is { Role: Role.Source, Cluster: { } cluster })
            return Problem(StatusCodes.Status403Forbidden, $"This token only sends the events of cluster '{cluster}'.");
        Response.Headers.WWWAuthenticate = Challenge;
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
        if (tokens.Find(header[BearerPrefix.Length..].Trim()) is not { } token)
            return AuthenticateResult.Fail("the token is unknown, revoked or has expired");
        Context.Features.Set(token);
        return token.Role == Role.Source
            ? AuthenticateResult.Fail("the token only sends events")
            : Success($"token:{token.Name}", token.Role);
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
