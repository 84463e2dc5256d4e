using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Reeve.Server.Security;

/// <summary>What the sign-in, sign-out and welcome forms post to; fields and error codes stand at <see cref="Ui.ReevePages"/>.</summary>
internal static partial class SignInEndpoints
{
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder endpoints, bool isDemo)
    {
        // Before the pages of the same paths, which answer POST too.
        endpoints.MapPost("/sign-in", SignInAsync).AllowAnonymous().ExcludeFromDescription().WithOrder(-1);
        endpoints.MapPost("/sign-out", SignOutAsync).AllowAnonymous().ExcludeFromDescription().WithOrder(-1);
        var welcome = isDemo ? endpoints.MapPost("/welcome", WelcomeToDemoAsync) : endpoints.MapPost("/welcome", WelcomeAsync);
        welcome.AllowAnonymous().ExcludeFromDescription().WithOrder(-1);
        return endpoints;
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, IAntiforgery antiforgery, SignIn signIn, SessionStore sessions, ILogger<SignIn> log)
    {
        if (await ReadAsync(context, antiforgery) is not { } form)
            return SeeOther(context, "/sign-in?error=expired");
        var (user, returnUrl) = (form["user"].ToString().Trim(), form["returnUrl"].ToString());
        var (outcome, person) = await signIn.CheckAsync(user, form["password"].ToString(), context.Connection.RemoteIpAddress, context.RequestAborted);
        if (person is null)
        {
            Log.Refused(log, outcome, context.Connection.RemoteIpAddress);
            var code = outcome == SignInOutcome.Wait ? "wait" : "wrong";
            return SeeOther(context, $"/sign-in{QueryString.Create("error", code).Add("returnUrl", Local(returnUrl))}");
        }

        Begin(context, sessions, person);
        Log.SignedIn(log, person.Name, context.Connection.RemoteIpAddress);
        return SeeOther(context, Local(returnUrl));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SessionStore sessions)
    {
        if (await ReadAsync(context, antiforgery) is null)
            return SeeOther(context, "/");
        End(context.Request, sessions);
        SessionCookie.Clear(context);
        return SeeOther(context, "/sign-in");
    }

    private static async Task<IResult> WelcomeAsync(
        HttpContext context, IAntiforgery antiforgery, WelcomeLink link, SignInThrottle throttle, SessionStore sessions, ILogger<SignIn> log)
    {
        if (await ReadAsync(context, antiforgery) is not { } form)
            return SeeOther(context, "/welcome?error=expired");
        var (secret, user) = (form["token"].ToString(), form["user"].ToString().Trim());
        var address = context.Connection.RemoteIpAddress;
        if (!throttle.TryBegin(address, user))
            return SeeOther(context, Again("wait", secret));
        var (person, error) = link.Accept(secret, user, form["password"].ToString());
        if (person is null)
            return SeeOther(context, Again(error.ToString().ToLowerInvariant(), secret));
        throttle.Succeeded(address, user);
        Begin(context, sessions, person);
        Log.FirstAdministrator(log, person.Name, address);
        return SeeOther(context, "/");
    }

    private static string Again(string code, string secret) =>
        secret.Length is > 0 and <= SecretToken.MaxLength && secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? $"/welcome?error={code}#{secret}"
            : $"/welcome?error={code}";

    // Null for a form whose antiforgery token is missing, foreign or too old, and for what is no form.
    private static async Task<IFormCollection?> ReadAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!context.Request.HasFormContentType)
            return null;
        try
        {
            return await antiforgery.IsRequestValidAsync(context) ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    // A session that was there before signing in is never taken over (session fixation).
    private static void Begin(HttpContext context, SessionStore sessions, Person person)
    {
        End(context.Request, sessions);
        SessionCookie.Set(context, sessions.Begin(person));
    }

    private static void End(HttpRequest request, SessionStore sessions)
    {
        if (SessionCookie.Read(request) is { } secret)
            sessions.End(SecretToken.Hash(secret));
    }

    // "//host" and "/\host" are other hosts to a browser; control characters are dropped by it before it looks.
    private static string Local(string url) =>
        url is ['/'] or ['/', not ('/' or '\\'), ..] && !url.Any(char.IsControl) && url.Length <= 2048 ? url : "/";

    // 303 makes the browser fetch the next page with GET (RFC 9110 §15.4.4).
    private static IResult SeeOther(HttpContext context, string location)
    {
        context.Response.Headers.Location = location;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    // The name of a refused attempt is not logged: people type passwords into the wrong field.
    private static partial class Log
    {
        [LoggerMessage(1100, LogLevel.Information, "{User} signed in from {Address}")]
        public static partial void SignedIn(ILogger log, string user, System.Net.IPAddress? address);

        [LoggerMessage(1101, LogLevel.Warning, "A sign-in from {Address} was refused: {Outcome}")]
        public static partial void Refused(ILogger log, SignInOutcome outcome, System.Net.IPAddress? address);

        [LoggerMessage(1102, LogLevel.Information, "{User} became the first administrator from {Address}")]
        public static partial void FirstAdministrator(ILogger log, string user, System.Net.IPAddress? address);
    }
}
