using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reeve.Server.Configuration;
using Reeve.Server.Hosting;
using Reeve.Server.Security;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Webhook;

namespace Reeve.Server.Tests.Sources.Webhook;

public sealed class WebhookTlsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_as_a_real_apiserver_sends_it_over_tls_is_taken()
    {
        using var folder = new TemporaryFolder();
        using var certificate = WriteCertificate(folder);
        await using var server = await StartAsync(folder);
        var secret = server.Services.GetRequiredService<TokenStore>().Create("apiserver", Role.Source, "test", expires: null, "prod").Secret;

        var bodies = Directory.EnumerateFiles(Repository.Shared("data", "webhook"), "tls-*.json").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(bodies);
        foreach (var body in bodies)
        {
            var head = (await File.ReadAllTextAsync(Path.ChangeExtension(body, ".headers"), Cancel)).ReplaceLineEndings("\r\n").TrimEnd()
                .Replace("/k8s/audit/prod?", "/api/v1/sources/kubernetes/prod?", StringComparison.Ordinal)
                .Replace("siem-shared-token", secret, StringComparison.Ordinal);
            Assert.Contains($"Authorization: Bearer {secret}", head, StringComparison.Ordinal);
            Assert.Equal("HTTP/1.1 200 OK", await SendAsync(server, certificate, Encoding.ASCII.GetBytes(head + "\r\n\r\n"), await File.ReadAllBytesAsync(body, Cancel)));
        }

        var sender = Assert.Single(server.Services.GetRequiredService<SenderRegistry>().Snapshot());
        Assert.Equal(("prod", bodies.Count, 0L), (sender.Cluster, sender.Events, sender.Unreadable));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Request_is_taken_whichever_HTTP_its_sender_chooses(string version)
    {
        using var folder = new TemporaryFolder();
        using var certificate = WriteCertificate(folder);
        await using var server = await StartAsync(folder);
        var secret = server.Services.GetRequiredService<TokenStore>().Create("apiserver", Role.Source, "test", expires: null, "prod").Secret;
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = Trusting(certificate) });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"https://127.0.0.1:{server.Addresses[0].Port}{WebhookServer.Path("prod")}"))
        {
            Content = new ByteArrayContent(EventBodies.Of("a")),
            Version = new Version(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Authorization = new("Bearer", secret) },
        };

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal((200, 1), await WebhookAnswer.ReadAsync(response) is var answer ? (answer.Status, answer.Events) : default);
    }

    private static async Task<string?> SendAsync(ReeveServer server, X509Certificate2 certificate, params byte[][] parts)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Addresses[0].Port, Cancel);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(Trusting(certificate), Cancel);
        foreach (var part in parts)
            await tls.WriteAsync(part, Cancel);
        using var reader = new StreamReader(tls);
        return await reader.ReadLineAsync(Cancel);
    }

    // As with certificate-authority in a kubeconfig; the name is checked.
    private static SslClientAuthenticationOptions Trusting(X509Certificate2 certificate) => new()
    {
        TargetHost = "127.0.0.1",
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    private static async Task<ReeveServer> StartAsync(TemporaryFolder folder)
    {
        var configuration = ReeveConfiguration.ForData(folder["data"]) with
        {
            Listen = new ListenConfiguration
            {
                Http = new ListenAddress(IPAddress.Loopback, 0),
                Tls = new TlsConfiguration(folder["tls.crt"], folder["tls.key"]),
            },
        };
        var server = ReeveServer.Create(configuration, configure: services => services.AddLogging(logging => logging.ClearProviders()));
        await server.StartAsync(Cancel);
        // No store is here that the sources could wait for.
        server.Services.GetRequiredService<WebhookGate>().Open();
        return server;
    }

    private static X509Certificate2 WriteCertificate(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=reeve", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(folder["tls.crt"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["tls.key"], key.ExportPkcs8PrivateKeyPem());
        return X509CertificateLoader.LoadCertificate(certificate.RawData);
    }
}
