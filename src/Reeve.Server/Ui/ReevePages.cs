using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Reeve.Server.Ui.Overview;
using Reeve.Server.Ui.Reads;
using Reeve.Store.ClickHouse;
using Reeve.Store.Findings;
using Reeve.Store.Loading;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Ui;

/// <summary>
/// The web pages. Every page needs a session unless its component carries <c>[AllowAnonymous]</c>; the static assets
/// (<c>MapStaticAssets</c>, mapped here) are anonymous. Pages have no script of their own inside the markup: the content
/// security policy allows scripts of this origin only.
/// </summary>
/// <remarks>
/// <para>Forms that change who is signed in are plain HTML forms of static pages, posted to the endpoints of
/// <c>Security/SignInEndpoints</c>, each with an <c>&lt;AntiforgeryToken /&gt;</c> inside:</para>
/// <para><c>POST /sign-in</c>: fields <c>user</c>, <c>password</c>, <c>returnUrl</c> (local). On failure the browser is sent to
/// <c>/sign-in?error=CODE&amp;returnUrl=…</c>; codes: <c>wrong</c> (user or password), <c>wait</c> (too many attempts),
/// <c>expired</c> (the form was too old).</para>
/// <para><c>POST /sign-out</c>: no fields; leads to <c>/sign-in</c>.</para>
/// <para><c>POST /welcome</c>: fields <c>token</c>, <c>user</c>, <c>password</c>. The one-time link is <c>/welcome#TOKEN</c>: a
/// fragment reaches no server, log or link preview. A script file of the page copies <c>location.hash</c> without its
/// <c>#</c> into the field <c>token</c>. On failure the browser is sent to <c>/welcome?error=CODE#TOKEN</c>; codes: <c>link</c>
/// (used, too old or wrong; also when an administrator exists), <c>user</c>, <c>password</c> (rules in
/// <c>Security/PasswordRules</c>), <c>wait</c>, <c>expired</c>. On success it is signed in and sent to <c>/</c>.</para>
/// <para>Claims of the signed-in person: <c>User.Identity.Name</c>, role <c>viewer</c>, <c>analyst</c> or <c>admin</c>.</para>
/// <para>The style policy must allow inline style attributes: the virtualised table sets the heights of its spacers so.</para>
/// </remarks>
public static class ReevePages
{
    /// <summary>Registers what the pages need.</summary>
    public static IServiceCollection AddReevePages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.TryAddSingleton(provider => new EventSearch(provider.GetRequiredService<IClickHouse>()));
        services.TryAddSingleton<IEventReads>(provider => new StoreReads(provider.GetRequiredService<EventSearch>(), provider.GetRequiredService<FindingSearch>()));
        services.TryAddSingleton(provider => new OverviewSearch(provider.GetRequiredService<IClickHouse>()));
        services.TryAddSingleton<IOverviewReads>(provider => new StoreOverview(provider.GetRequiredService<OverviewSearch>()));
        services.TryAddSingleton<IStoreProgress>(provider => new LoaderProgress(provider.GetService<StoreLoader>()));
        return services;
    }

    /// <summary>Maps the static assets and every page.</summary>
    public static WebApplication MapReevePages(this WebApplication app)
    {
        var assets = Path.Combine(AppContext.BaseDirectory, $"{app.Environment.ApplicationName}.staticwebassets.endpoints.json");
        if (File.Exists(assets))
            app.MapStaticAssets(assets).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
