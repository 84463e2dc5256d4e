using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Reeve.Server.Configuration;
using Reeve.Server.Tests.Sources.Syslog;
using static Reeve.Server.Tests.Sources.Listening.ListeningHarness;

namespace Reeve.Server.Tests.Sources.Listening;

/// <summary>TLS as senders speak it, with real certificates.</summary>
public sealed class ListeningTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new("reeve-tests");
    private readonly TestAuthority _other = new("somebody else");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sender_with_a_certificate_is_read_and_known_by_its_name()
    {
        await using var harness = new SyslogHarness(options => options with { Tls = Server(asksForCertificate: true) });
        using var certificate = _authority.Issue("cp-1.example");

        await SendAsync(harness, Frame(Event("a")) + "\n", certificate);

        Assert.Equal(Event("a"), (await harness.ReadAsync(1))[0].Raw);
        var sender = harness.Senders.Snapshot().Single(one => one.Host == "vm").Sender;
        Assert.Equal((IPAddress.Loopback, "cp-1.example"), (sender.Peer, sender.San));
    }

    [Fact]
    public async Task Without_an_authority_for_senders_none_is_asked_for_a_certificate()
    {
        await using var harness = new SyslogHarness(options => options with { Tls = Server(asksForCertificate: false) });

        await SendAsync(harness, Frame(Event("a")) + "\n", certificate: null);

        Assert.Equal(Event("a"), (await harness.ReadAsync(1))[0].Raw);
        Assert.Equal("", harness.Senders.Snapshot().Single(one => one.Host == "vm").Sender.San);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("of another authority")]
    [InlineData("expired")]
    public async Task Sender_whose_certificate_is_not_taken_is_closed_and_shown(string which)
    {
        await using var harness = new SyslogHarness(options => options with { Tls = Server(asksForCertificate: true) });
        using var certificate = which switch
        {
            "none" => null,
            "expired" => _authority.Issue("cp-1.example", TimeProvider.System.GetUtcNow().AddDays(-1)),
            _ => _other.Issue("cp-1.example"),
        };

        // By TLS 1.3 a client takes itself for connected before the server has looked at its certificate.
        await Record.ExceptionAsync(() => SendAsync(harness, Frame(Event("a")) + "\n", certificate));

        Assert.Contains("TLS failed", (await harness.TroubleAsync("no-tls")).Message, StringComparison.Ordinal);
        await SendAsync(harness, Frame(Event("b")) + "\n", _authority.Issue("cp-2.example"));
        Assert.Equal(Event("b"), (await harness.ReadAsync(1))[0].Raw);
    }

    [Fact]
    public async Task Sender_of_plain_text_is_closed_and_shown()
    {
        await using var harness = new SyslogHarness(options => options with { Tls = Server(asksForCertificate: false) });
        using var socket = await harness.ConnectAsync();

        await ListeningHarness.SendAsync(socket, Frame(Event("a")) + "\n");

        Assert.True(await IsClosedAsync(socket));
        await harness.TroubleAsync("no-tls");
        Assert.Equal(0, harness.Fsynced);
    }

    [Fact]
    public async Task Sender_that_begins_nothing_is_closed()
    {
        await using var harness = new SyslogHarness(options => options with { Tls = Server(asksForCertificate: false), HandshakeTime = TimeSpan.FromMilliseconds(50) });
        using var socket = await harness.ConnectAsync();

        Assert.True(await IsClosedAsync(socket));
        Assert.Contains("The sender began none", (await harness.TroubleAsync("no-tls")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_looks_whether_somebody_listens_is_no_trouble()
    {
        await using var harness = new SyslogHarness(options => options with { Tls = Server(asksForCertificate: false) });
        using (var socket = await harness.ConnectAsync())
            await harness.WaitUntilAsync(() => harness.Registry.Snapshot().Single().Message == "1 connection");

        await harness.WaitUntilAsync(() => harness.Registry.Snapshot().Single().Message!.StartsWith("waits", StringComparison.Ordinal));

        Assert.Empty(harness.Senders.Snapshot());
    }

    [Fact]
    public async Task Certificate_that_cannot_be_read_is_named()
    {
        var file = Write("broken.pem", "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n");
        await using var harness = new SyslogHarness(options => options with { Tls = new(file, file) });

        var failure = await Assert.ThrowsAsync<IOException>(() => harness.Source.RunAsync(Ct));

        Assert.StartsWith($"{file}: ", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private SenderTls Server(bool asksForCertificate)
    {
        using var certificate = _authority.Issue("localhost");
        using var key = certificate.GetECDsaPrivateKey()!;
        return new(
            Write("server.pem", certificate.ExportCertificatePem()),
            Write("server.key", key.ExportPkcs8PrivateKeyPem()),
            asksForCertificate ? Write("ca.pem", _authority.Pem) : null);
    }

    private string Write(string name, string content)
    {
        _folder.Write(name, content);
        return _folder[name];
    }

    private async Task SendAsync(SyslogHarness harness, string text, X509Certificate2? certificate)
    {
        using var socket = await harness.ConnectAsync();
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificates = certificate is null ? [] : [certificate],
                CertificateChainPolicy = _authority.Policy(),
            },
            Ct);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Ct);
        await stream.ShutdownAsync();
    }
}
