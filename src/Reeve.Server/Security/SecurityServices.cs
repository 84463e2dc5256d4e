using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Configuration;
using Reeve.Server.State;

namespace Reeve.Server.Security;

/// <summary>Who may do what: everything needs a session or a token unless its endpoint says otherwise.</summary>
internal static class SecurityServices
{
    public static IServiceCollection AddReeveSecurity(this IServiceCollection services, ReeveConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(new SessionLifetime(configuration.Auth.SessionIdle, configuration.Auth.SessionTotal));
        services.AddSingleton<PersonStore>().AddSingleton<SessionStore>().AddSingleton<TokenStore>();
        services.AddSingleton<WelcomeLink>().AddSingleton<SignInThrottle>().AddSingleton<SignIn>();
        if (configuration.IsDemo)
            services.AddSingleton<DemoLink>();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();

        services.AddAuthentication(ReeveAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ReeveAuthentication>(ReeveAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.Viewer, policy => policy.RequireRole(Roles.Viewer, Roles.Analyst, Roles.Admin))
            .AddPolicy(Roles.Analyst, policy => policy.RequireRole(Roles.Analyst, Roles.Admin))
            .AddPolicy(Roles.Admin, policy => policy.RequireRole(Roles.Admin))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        // Kept on disk so that forms and live pages survive a restart of the server.
        services.AddDataProtection()
            .SetApplicationName("reeve")
            .PersistKeysToFileSystem(new DirectoryInfo(DataFolder.Prepare(Path.Combine(DataFolder.Prepare(configuration.Keys), "forms"))));
        var secure = configuration.Listen.Tls is not null;
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = secure ? "__Host-reeve_form" : "reeve_form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddHostFiltering(options =>
        {
            options.AllowEmptyHosts = false;
            options.AllowedHosts = AllowedHosts(configuration.Listen);
        });
        return services;
    }

    /// <summary>The order matters: hosts first, then origins, then who it is.</summary>
    public static WebApplication UseReeveSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseHostFiltering();
        app.UseMiddleware<SameOriginGuard>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }

    // On loopback any other name is a page elsewhere that had its name point here (DNS rebinding).
    private static List<string> AllowedHosts(ListenConfiguration listen)
    {
        if (!listen.Http.IsLoopback)
            return listen.Hosts.Count > 0 ? [.. listen.Hosts] : ["*"];
        var address = listen.Http.Address.ToString();
        return ["localhost", "127.0.0.1", "[::1]", address.Contains(':') ? $"[{address}]" : address, .. listen.Hosts];
    }
}
