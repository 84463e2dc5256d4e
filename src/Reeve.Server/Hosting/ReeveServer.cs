using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Reeve.Server.Alerts;
using Reeve.Server.Api;
using Reeve.Server.Configuration;
using Reeve.Server.Pipeline;
using Reeve.Server.Pipeline.Findings;
using Reeve.Server.Preview;
using Reeve.Server.Policies;
using Reeve.Server.Security;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Webhook;
using Reeve.Server.State;
using Reeve.Server.Storage;
using Reeve.Server.Telemetry;
using Reeve.Server.Ui;

namespace Reeve.Server.Hosting;

/// <summary>
/// One server: state, pages, API and whatever hosted services the caller adds. Prints nothing on stdout; logs go to
/// stderr. Not thread-safe; create, start, wait, dispose.
/// </summary>
public sealed class ReeveServer : IAsyncDisposable
{
    private const string ApplicationName = "reeve";

    private readonly WebApplication _app;
    private readonly StateDatabase _state;

    private ReeveServer(WebApplication app, StateDatabase state) => (_app, _state) = (app, state);

    /// <summary>Every service of the server.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where the server answers, with the port it really got; empty before <see cref="StartAsync"/>.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [.. (_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(address => new Uri(address))];

    /// <summary>Builds a server.</summary>
    /// <param name="configuration">What it shall be.</param>
    /// <param name="store">The program that hosts the embedded store; null leaves that store to somebody else.</param>
    /// <param name="configure">Adds services, or puts others in the place of the default ones.</param>
    /// <exception cref="ConfigurationException">It must not listen where it is told to, or a certificate cannot be read.</exception>
    public static ReeveServer Create(
        ReeveConfiguration configuration, StoreProgram? store = null, Action<IServiceCollection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        // Nothing of the surroundings (settings files, ASPNETCORE_ variables) may change what reeve.yaml says.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = ApplicationName,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Logging.AddReeveLogging();
        var state = StateDatabase.Open(configuration.Data);
        try
        {
            UseStaticAssets(builder.WebHost);
            builder.WebHost.UseReeveKestrel(configuration.Listen, HasAdministrator(state));
            AddServices(builder.Services, configuration, state, store);
            configure?.Invoke(builder.Services);
            var app = builder.Build();
            Map(app, configuration);
            return new ReeveServer(app, state);
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Starts answering, and every hosted service.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => _app.StartAsync(cancellationToken);

    /// <summary>Returns when the process was told to end (SIGINT, SIGTERM), or cannot go on, and everything has stopped.</summary>
    /// <returns>Why it could not go on, one line; null where it was told to end.</returns>
    public async Task<string?> WaitForShutdownAsync(CancellationToken cancellationToken = default)
    {
        // The host logs a service that fails and stops; what it failed of is still with the service.
        await _app.WaitForShutdownAsync(cancellationToken);
        return _app.Services.GetRequiredService<FatalEnd>().Reason ?? FailedService();
    }

    /// <summary>Stops answering, and every hosted service.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    /// <summary>
    /// A fresh one-time link by which the first administrator signs in; null while there is one. It is a secret: print it
    /// for the person who started the server and nowhere else.
    /// </summary>
    public Uri? CreateWelcomeLink() =>
        _app.Services.GetRequiredService<WelcomeLink>().Create() is { } secret && Addresses is [var address, ..]
            ? new Uri(address, $"/welcome#{secret}")
            : null;

    /// <summary>A fresh one-time link that signs in to a demo, ending the one before. It is a secret as well.</summary>
    /// <exception cref="InvalidOperationException">This server is no demo, or was not started.</exception>
    public Uri CreateDemoLink() => new(Addresses[0], $"/welcome#{_app.Services.GetRequiredService<DemoLink>().Create()}");

    private string? FailedService() => _app.Services.GetServices<IHostedService>().OfType<BackgroundService>()
        .Select(service => service.ExecuteTask?.Exception?.GetBaseException().Message)
        .FirstOrDefault(failure => failure is not null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _state.Dispose();
    }

    // Run from a build, the assets lie where their projects are, and this file says where; a published server has them beside it.
    private static void UseStaticAssets(ConfigureWebHostBuilder web)
    {
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, $"{ApplicationName}.staticwebassets.runtime.json")))
            web.UseStaticWebAssets();
    }

    private static bool HasAdministrator(StateDatabase state) => state.Read(PersonStore.HasAdministratorIn);

    private static void AddServices(
        IServiceCollection services, ReeveConfiguration configuration, StateDatabase state, StoreProgram? store)
    {
        services.AddSingleton(configuration);
        services.AddSingleton(state);
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        services.AddRouting();
        services.AddSingleton<FatalEnd>();
        services.AddSingleton<SourceRegistry>();
        services.AddSingleton<IReadinessCheck, StateReadiness>();
        services.AddReeveMetrics();
        services.AddReevePipeline(configuration);
        services.AddReeveStore(configuration, store);
        services.AddReeveSources(configuration);
        services.AddReeveFindings(configuration);
        services.AddReeveAlerts(configuration);
        services.AddReevePolicies();
        services.AddSingleton<EventPreview>();
        services.AddReeveApi();
        services.AddReevePages();
        services.AddReeveSecurity(configuration);
    }

    private static void Map(WebApplication app, ReeveConfiguration configuration)
    {
        app.UseReeveProblems();
        app.UseReeveSecurity();
        app.MapSignIn(configuration.IsDemo);
        app.MapReeveHealth(Protect);
        Protect(app.MapReeveMetrics());
        app.MapReeveApi();
        if (!configuration.IsDemo)
            app.MapReeveWebhook();
        app.MapReevePages();

        void Protect(IEndpointConventionBuilder endpoint)
        {
            if (configuration.Listen.Http.IsLoopback)
                endpoint.AllowAnonymous();
        }
    }
}
