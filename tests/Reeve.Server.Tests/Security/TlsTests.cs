using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Server.Configuration;
using Reeve.Server.Hosting;
using Reeve.Server.Security;
using Reeve.Server.State;
using Reeve.Testing;

namespace Reeve.Server.Tests.Security;

public sealed class TlsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beyond_loopback_the_server_speaks_https_and_nothing_is_open_without_a_token()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder);
        using var client = Client(server);

        foreach (var path in (string[])["/healthz", "/readyz", "/metrics", "/api/v1/sources"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path, Cancel)).StatusCode);

        var (_, secret) = server.Services.GetRequiredService<TokenStore>().Create("prometheus", Role.Viewer, "test", expires: null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        foreach (var path in (string[])["/healthz", "/readyz", "/metrics", "/api/v1/sources"])
            Assert.NotEqual(HttpStatusCode.Unauthorized, (await client.GetAsync(path, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Cookies_are_bound_to_tls_and_this_host()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder);
        using var client = Client(server);

        using var response = await client.GetAsync("/sign-in", Cancel);

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Single(response.Headers.GetValues("Strict-Transport-Security"));
    }

    private static async Task<ReeveServer> StartAsync(TemporaryFolder folder)
    {
        WriteCertificate(folder);
        var configuration = ReeveConfiguration.ForData(folder["data"]) with
        {
            Listen = new ListenConfiguration
            {
                Http = new ListenAddress(IPAddress.Any, 0),
                Tls = new TlsConfiguration(folder["tls.crt"], folder["tls.key"]),
            },
        };
        using (var state = StateDatabase.Open(configuration.Data))
            new PersonStore(state, TimeProvider.System).Add("alice", "correct horse battery", Role.Admin);
        var server = ReeveServer.Create(configuration, configure: services => services.AddLogging(logging => logging.ClearProviders()));
        await server.StartAsync(Cancel);
        return server;
    }

    private static HttpClient Client(ReeveServer server)
    {
#pragma warning disable CA5359, MA0039 // The certificate is this test's own.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
#pragma warning restore CA5359, MA0039
        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{server.Addresses[0].Port}") };
    }

    private static void WriteCertificate(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=reeve.test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(folder["tls.crt"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["tls.key"], key.ExportPkcs8PrivateKeyPem());
    }
}
