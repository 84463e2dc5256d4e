using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Configuration;
using Reeve.Server.Hosting;
using Reeve.Server.Pipeline;
using Reeve.Server.Storage;
using Reeve.Server.Security;

namespace Reeve.Server.Tests.Support;

/// <summary>A real server on a free port of loopback, with a clock of its own and nobody who could sign in.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string User = "alice";
    public const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder;
    private readonly ReeveServer _server;

    private RunningServer(TemporaryFolder folder, ReeveServer server, FakeTimeProvider time) => (_folder, _server, Time) = (folder, server, time);

    public FakeTimeProvider Time { get; }

    public ReeveServer Server => _server;

    public IServiceProvider Services => _server.Services;

    public Uri Address => _server.Addresses[0];

    public string Folder => _folder.Path;

    public static Task<RunningServer> StartAsync(Action<IServiceCollection>? configure = null) => StartAsync(
        (folder, listen) => ReeveConfiguration.ForData(folder) with { Listen = new ListenConfiguration { Http = listen } }, configure);

    /// <summary>A server that shows samples.</summary>
    public static Task<RunningServer> StartDemoAsync() =>
        StartAsync((folder, listen) => ReeveConfiguration.ForDemo(folder, Path.Combine(Repository.Root, "samples"), listen));

    private static async Task<RunningServer> StartAsync(
        Func<string, ListenAddress, ReeveConfiguration> describe, Action<IServiceCollection>? configure = null)
    {
        var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var configuration = describe(folder["data"], new ListenAddress(IPAddress.Loopback, 0));
        var server = ReeveServer.Create(configuration, configure: services =>
        {
            services.AddSingleton<TimeProvider>(time);
            services.AddLogging(logging => logging.ClearProviders());
            RemoveStoreChecks(services);
            configure?.Invoke(services);
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new RunningServer(folder, server, time);
    }

    // No store runs here: what waits for one would never be ready.
    private static void RemoveStoreChecks(IServiceCollection services)
    {
        Type[] waiting = [typeof(StoreReadiness), typeof(SourcesReadiness)];
        foreach (var check in services.Where(service => waiting.Contains(service.ImplementationType)).ToList())
            services.Remove(check);
    }

    /// <summary>A client without redirects; cookies are kept.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A client that sends a fresh API token.</summary>
    public HttpClient ClientWithToken(Role role = Role.Viewer)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", CreateToken(role).Secret);
        return client;
    }

    public (ApiToken Token, string Secret) CreateToken(Role role, DateTimeOffset? expires = null) =>
        Services.GetRequiredService<TokenStore>().Create("test", role, "test", expires);

    public void AddPerson(Role role = Role.Admin) =>
        Assert.NotNull(Services.GetRequiredService<PersonStore>().Add(User, Password, role));

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
