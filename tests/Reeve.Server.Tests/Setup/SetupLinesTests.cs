using System.Net;
using Reeve.Server.Configuration;
using Reeve.Server.Setup;
using Reeve.Server.Sources;

namespace Reeve.Server.Tests.Setup;

public sealed class SetupLinesTests
{
    private static readonly Uri OnThisMachine = new("http://127.0.0.1:8080/");

    [Fact]
    public void Lines_name_the_port_that_the_listener_really_got()
    {
        var configuration = With(new ListenAddress(IPAddress.Loopback, 0));

        var place = SetupPlace.Of(configuration, [Listening("127.0.0.1:40123")], OnThisMachine, "reeve-1");

        Assert.Equal(new SyslogPlace("syslog", "127.0.0.1", 40123, IsOpen: false, Failure: null), place.Syslog);
        Assert.Contains("target=\"127.0.0.1\" port=\"40123\"", new SetupLines(place, "prod", null).Rsyslog, StringComparison.Ordinal);
        Assert.Contains("listen: 0.0.0.0:40123", new SetupLines(place, "prod", null).OpenSyslog, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0:1514", "http://127.0.0.1:8080/", "reeve-1")]
    [InlineData("[::]:1514", "https://siem.example:8443/", "siem.example")]
    [InlineData("192.0.2.9:1514", "https://siem.example:8443/", "192.0.2.9")]
    public void Open_listener_is_named_as_senders_elsewhere_reach_it(string listen, string opened, string host)
    {
        Assert.True(ListenAddress.TryParse(listen, out var address));

        var place = SetupPlace.Of(With(address), [Listening(listen)], new Uri(opened), "reeve-1");

        Assert.Equal((host, true), (place.Syslog!.Host, place.Syslog.IsOpen));
    }

    [Fact]
    public void Webhook_is_written_with_https_since_an_apiserver_sends_no_token_without()
    {
        var lines = new SetupLines(SetupPlace.Of(With(null), [], OnThisMachine, "reeve-1"), "prod", "reeve_secret");

        Assert.Contains("server: https://reeve-1:8080/api/v1/sources/kubernetes/prod/", lines.Kubeconfig, StringComparison.Ordinal);
        Assert.Contains("token: reeve_secret", lines.Kubeconfig, StringComparison.Ordinal);
        Assert.Contains("'http://127.0.0.1:8080/api/v1/sources/kubernetes/prod/'", lines.Curl, StringComparison.Ordinal);
        Assert.False(lines.Place.IsHttpOpen);
    }

    [Fact]
    public void Without_a_listener_the_lines_that_make_one_are_given()
    {
        var place = SetupPlace.Of(With(null), [], OnThisMachine, "reeve-1");

        Assert.Null(place.Syslog);
        Assert.Contains("type: syslog", new SetupLines(place, "prod", null).OpenSyslog, StringComparison.Ordinal);
    }

    [Fact]
    public void No_place_in_any_line_is_left_open()
    {
        var lines = new SetupLines(SetupPlace.Of(With(new(IPAddress.Any, 1514)), [], OnThisMachine, "reeve-1"), "prod", "reeve_secret");

        string[] all = [lines.Rsyslog, lines.OpenSyslog, lines.OpenHttp, lines.Kubeconfig, lines.Flags, lines.Curl, lines.ServeFile, lines.FileSource, lines.TokenCommand];

        Assert.All(all, text => Assert.DoesNotContain("{{", text, StringComparison.Ordinal));
        Assert.All(all, Assert.NotEmpty);
    }

    [Fact]
    public void What_is_to_be_put_into_reeve_yaml_is_understood_by_it()
    {
        var lines = new SetupLines(SetupPlace.Of(With(null), [], OnThisMachine, "reeve-1"), "prod", "reeve_secret");
        using var folder = new TemporaryFolder();
        folder.Write("server.crt", "");
        folder.Write("server.key", "");

        foreach (var text in new[] { lines.OpenSyslog, lines.OpenHttp, lines.FileSource })
        {
            folder.Write("reeve.yaml", text.Replace("/etc/reeve", folder.Path, StringComparison.Ordinal));
            Assert.NotNull(ConfigurationLoader.Load(folder["reeve.yaml"]));
        }
    }

    [Fact]
    public void Lines_for_rsyslog_are_those_of_the_guide_which_tests_run()
    {
        var lines = new SetupLines(SetupPlace.Of(With(new(IPAddress.Loopback, 1514)), [], OnThisMachine, "reeve-1"), "prod", null);

        Assert.Contains($"```\n{lines.Rsyslog}\n```", File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "setup.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_RELP_by_TLS_is_taken_lines_are_for_that()
    {
        var configuration = ReeveConfiguration.ForData("/nowhere") with
        {
            Sources =
            [
                new() { Type = "syslog", Name = "syslog", Listen = new(IPAddress.Any, 1514) },
                new() { Type = "relp", Name = "nodes", Listen = new(IPAddress.Any, 2514), Tls = new("a.crt", "a.key") },
            ],
        };

        var lines = new SetupLines(SetupPlace.Of(configuration, [], new("http://siem.example:8080/"), "reeve-1"), "prod", null);

        Assert.Contains("action(type=\"omrelp\" windowSize=\"2048\" target=\"siem.example\" port=\"2514\"", lines.Rsyslog, StringComparison.Ordinal);
        Assert.Contains("tls.caCert=\"/etc/kubernetes/pki/reeve-ca.crt\"", lines.Rsyslog, StringComparison.Ordinal);
        Assert.Contains("type: relp", lines.OpenSyslog, StringComparison.Ordinal);
    }

    private static ReeveConfiguration With(ListenAddress? listen) => ReeveConfiguration.ForData("/nowhere") with
    {
        Sources = listen is null ? [] : [new() { Type = "syslog", Name = "syslog", Listen = listen }],
    };

    private static SourceStatus Listening(string address) => new("syslog", "syslog", "default", SourceState.Following, Listen: address);
}
