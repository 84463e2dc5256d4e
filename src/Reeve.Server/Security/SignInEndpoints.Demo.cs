using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Reeve.Server.Security;

/// <summary>The welcome form of a demo: its link alone signs in.</summary>
internal static partial class SignInEndpoints
{
    private static async Task<IResult> WelcomeToDemoAsync(
        HttpContext context, IAntiforgery antiforgery, DemoLink link, SignInThrottle throttle, SessionStore sessions, ILogger<SignIn> log)
    {
        if (await ReadAsync(context, antiforgery) is not { } form)
            return SeeOther(context, "/welcome?error=expired");
        var secret = form["token"].ToString();
        var address = context.Connection.RemoteIpAddress;
        if (!throttle.TryBegin(address, ""))
            return SeeOther(context, Again("wait", secret));
        if (link.Accept(secret) is not { } person)
            return SeeOther(context, Again("link", secret));
        throttle.Succeeded(address, "");
        Begin(context, sessions, person);
        Log.SignedIn(log, person.Name, address);
        return SeeOther(context, "/");
    }
}
