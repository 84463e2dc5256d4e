using System.Net;
using CsCheck;
using Reeve.Server.Configuration;

namespace Reeve.Server.Tests.Configuration;

public sealed class ConfigurationTests
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    [Fact]
    public void Nothing_said_gives_the_defaults()
    {
        var configuration = ConfigurationLoader.Parse(file: null, "", Nothing, "/srv");

        Assert.Equal("/srv/reeve-data", configuration.Data);
        Assert.Equal("/srv/reeve-data-keys", configuration.Keys);
        Assert.Equal("127.0.0.1:8080", configuration.Listen.Http.ToString());
        Assert.Equal(16 * 1024 * 1024, configuration.Limits.Event);
        Assert.Equal(TimeSpan.FromDays(400), configuration.Limits.Horizon);
        Assert.Null(configuration.Store.Url);
        Assert.Empty(configuration.Sources);
    }

    [Fact]
    public void Defaults_of_the_table_are_the_defaults_of_the_records()
    {
        var written = ConfigurationKeys.All.Where(key => key.Default.Length > 0).ToDictionary(key => key.Variable!, key => key.Default, StringComparer.Ordinal);

        var defaults = ConfigurationLoader.Parse(file: null, "", Nothing, "/srv");
        var read = ConfigurationLoader.Parse(file: null, "", written, "/srv");

        Assert.Equal(defaults.Data, read.Data);
        Assert.Equal(defaults.Listen, read.Listen);
        Assert.Equal(defaults.Store, read.Store);
        Assert.Equal(defaults.Limits, read.Limits);
        Assert.Equal(defaults.Auth, read.Auth);
    }

    [Fact]
    public void Whole_file_is_read()
    {
        const string yaml = """
            data: data
            keys: /etc/reeve/keys
            listen:
              http: '[::1]:9443'
              hosts: reeve.example
            sources:
              - type: file
                path: ../logs
                cluster: prod
              - {type: file, name: second, path: /var/log/audit.log, host: cp-1}
            clusters:
              - name: prod
                match: {peer: [10.0.0.0/8, 192.0.2.7], path: '*/prod/*'}
                trustedProxies: [172.31.0.0/16]
            store: {url: 'https://ch.example:8443', user: reeve, password: hunter2, maxMemory: 2GiB}
            limits: {event: 1MiB, horizon: 30d, journal: 512MiB}
            scrub: {paths: [requestObject.spec.license, responseObject.spec.license]}
            auth: {sessionIdle: 30m, sessionTotal: 1d}
            """;

        var read = ConfigurationLoader.Parse("/etc/reeve/reeve.yaml", yaml, Nothing, "/");

        Assert.Equal("/etc/reeve/data", read.Data);
        Assert.Equal("/etc/reeve/keys", read.Keys);
        Assert.Equal(new ListenAddress(IPAddress.IPv6Loopback, 9443), read.Listen.Http);
        Assert.Equal(["reeve.example"], read.Listen.Hosts);
        Assert.Equal(
            [
                new SourceConfiguration { Type = "file", Name = "file-1", Path = "/etc/logs", Cluster = "prod" },
                new SourceConfiguration { Type = "file", Name = "second", Path = "/var/log/audit.log", Host = "cp-1" },
            ],
            read.Sources);
        var cluster = Assert.Single(read.Clusters);
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("192.0.2.7/32")], cluster.Match.Peer);
        Assert.Equal(["*/prod/*"], cluster.Match.Path);
        Assert.Equal([IPNetwork.Parse("172.31.0.0/16")], cluster.TrustedProxies);
        Assert.Equal("hunter2", read.Store.Password.Reveal());
        Assert.Equal(2L << 30, read.Store.MaxMemory);
        Assert.Equal(new LimitsConfiguration { Event = 1 << 20, Horizon = TimeSpan.FromDays(30), Journal = 512 << 20 }, read.Limits);
        Assert.Equal(["requestObject.spec.license", "responseObject.spec.license"], read.Scrub.Paths);
        Assert.Equal(new AuthConfiguration { SessionIdle = TimeSpan.FromMinutes(30), SessionTotal = TimeSpan.FromDays(1) }, read.Auth);
    }

    [Theory]
    [InlineData("data: x", false)]
    [InlineData("sources: []", true)]
    [InlineData("sources: [{type: syslog, listen: '127.0.0.1:1514'}]", true)]
    public void Whether_sources_are_named_at_all_is_known(string yaml, bool named) =>
        Assert.Equal(named, ConfigurationLoader.Parse("/etc/reeve.yaml", yaml, Nothing, "/").NamesSources);

    [Fact]
    public void Syslog_source_has_its_address_and_whom_it_trusts()
    {
        var source = Assert.Single(ConfigurationLoader.Parse(
            "/etc/reeve.yaml", "sources: [{type: syslog, listen: '10.0.0.5:1514', trust: [10.0.0.0/24, 10.9.9.9]}]", Nothing, "/").Sources);

        Assert.Equal(("syslog-1", new ListenAddress(IPAddress.Parse("10.0.0.5"), 1514)), (source.Name, source.Listen));
        Assert.Equal([IPNetwork.Parse("10.0.0.0/24"), IPNetwork.Parse("10.9.9.9/32")], source.Trust);
    }

    [Fact]
    public void Source_that_asks_senders_for_a_certificate_needs_no_trust()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["a.crt", "a.key", "ca.crt"])
            folder.Write(file, "");

        var source = Assert.Single(ConfigurationLoader.Parse(
            folder["reeve.yaml"], "sources: [{type: relp, listen: '0.0.0.0:2514', tls: {certificate: a.crt, key: a.key, clientCa: ca.crt}}]", Nothing, folder.Path).Sources);

        Assert.Equal(new SenderTls(folder["a.crt"], folder["a.key"], folder["ca.crt"]), source.Tls);
        Assert.Empty(source.Trust);
    }

    [Fact]
    public void Environment_wins_over_the_file()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["REEVE_DATA"] = "elsewhere",
            ["REEVE_LISTEN_HTTP"] = "127.0.0.1:9000",
            ["REEVE_LISTEN_HOSTS"] = "a.example, b.example",
            ["REEVE_STORE_PASSWORD"] = "hunter2",
            ["REEVE_STORE_MAXMEMORY"] = "1GiB",
            ["REEVE_SERVICE_HOST"] = "10.0.0.1",
            ["REEVE_KEYS"] = "",
        };

        var read = ConfigurationLoader.Parse("/etc/reeve.yaml", "data: here\nlisten: {http: ':1'}", environment, "/srv");

        Assert.Equal("/srv/elsewhere", read.Data);
        Assert.Equal(9000, read.Listen.Http.Port);
        Assert.Equal(["a.example", "b.example"], read.Listen.Hosts);
        Assert.Equal("hunter2", read.Store.Password.Reveal());
        Assert.Equal(1L << 30, read.Store.MaxMemory);
    }

    [Fact]
    public void Error_in_the_environment_names_the_variable()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["REEVE_LIMITS_EVENT"] = "big" };

        var failure = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Parse(file: null, "", environment, "/srv"));

        Assert.StartsWith("REEVE_LIMITS_EVENT: 'event' is a size", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_certificate_in_the_environment_is_an_error()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["REEVE_LISTEN_TLS_CERTIFICATE"] = "/dev/null" };

        var failure = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Parse(file: null, "", environment, "/srv"));

        Assert.Equal("REEVE_LISTEN_TLS_CERTIFICATE: listen.tls.certificate is set, but listen.tls.key is not", failure.Message);
    }

    [Fact]
    public void Password_is_never_written_out()
    {
        var read = ConfigurationLoader.Parse("/etc/reeve.yaml", "store: {password: hunter2}", Nothing, "/");

        Assert.DoesNotContain("hunter2", read.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", read.Store.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place()
    {
        string[] words = ["data", "listen", "http", "sources", "type", ":", " ", "\n", "\n  ", "- ", "{", "}", "[", "]", "\"", "'", "~", "!!x", "&a", "*a", "|", "%", "\0", "é", ","];
        Gen.Int[0, words.Length - 1].Array[0, 40].Sample(parts =>
        {
            try
            {
                ConfigurationLoader.Parse("/etc/reeve.yaml", string.Concat(parts.Select(part => words[part])), Nothing, "/");
            }
            catch (ConfigurationException failure)
            {
                Assert.All(failure.Errors, error => Assert.True(error.Line > 0 && error.Column > 0));
            }
        });
    }
}
