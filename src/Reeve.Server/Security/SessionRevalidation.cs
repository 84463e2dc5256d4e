using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace Reeve.Server.Security;

/// <summary>Ends what a live page may do soon after its session ended: a page holds no request that would be checked.</summary>
internal sealed class SessionRevalidation(ILoggerFactory loggers, SessionStore sessions) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var session = authenticationState.User.FindFirst(ReeveAuthentication.SessionClaim)?.Value;
        return Task.FromResult(session is not null && sessions.Find(Convert.FromHexString(session)) is not null);
    }
}
