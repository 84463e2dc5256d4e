using System.Net;
using Reeve.Server.Configuration;
using Reeve.Server.Hosting;
using Reeve.Server.Security;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Security;

public sealed class ListenGuardTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", false, false, null)]
    [InlineData("127.0.0.1:8080", true, true, null)]
    [InlineData("[::1]:8080", false, false, null)]
    [InlineData("localhost:8080", false, false, null)]
    [InlineData("0.0.0.0:8080", false, true, "listen.tls.certificate")]
    [InlineData(":8080", false, true, "listen.tls.certificate")]
    [InlineData("[::]:8080", false, false, "listen.tls.certificate")]
    [InlineData("10.1.2.3:8080", false, true, "listen.tls.certificate")]
    [InlineData("10.1.2.3:8080", true, false, "no administrator")]
    [InlineData("10.1.2.3:8080", true, true, null)]
    public void Listening_beyond_loopback_needs_tls_and_an_administrator(string listen, bool tls, bool administrator, string? refusal)
    {
        Assert.True(ListenAddress.TryParse(listen, out var address));
        var configuration = new ListenConfiguration { Http = address, Tls = tls ? new TlsConfiguration("c.pem", "k.pem") : null };

        var answer = ListenGuard.Check(configuration, administrator);

        if (refusal is null)
            Assert.Null(answer);
        else
            Assert.Contains(refusal, answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_that_may_not_listen_is_not_built()
    {
        using var folder = new TemporaryFolder();
        var configuration = ReeveConfiguration.ForData(folder["data"]) with
        {
            Listen = new ListenConfiguration { Http = new ListenAddress(IPAddress.Any, 8080) },
        };

        var refusal = Assert.Throws<ConfigurationException>(() => ReeveServer.Create(configuration));

        Assert.Equal("listen.http", Assert.Single(refusal.Errors).Where);
    }

    [Fact]
    public void Certificate_that_cannot_be_read_is_an_error_that_names_the_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["tls.pem"], "no certificate");
        var configuration = ReeveConfiguration.ForData(folder["data"]) with
        {
            Listen = new ListenConfiguration
            {
                Http = new ListenAddress(IPAddress.Loopback, 0),
                Tls = new TlsConfiguration(folder["tls.pem"], folder["tls.pem"]),
            },
        };

        var refusal = Assert.Throws<ConfigurationException>(() => ReeveServer.Create(configuration));

        Assert.Contains(folder["tls.pem"], Assert.Single(refusal.Errors).Message, StringComparison.Ordinal);
    }
}
