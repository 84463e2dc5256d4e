using Reeve.Server.Configuration;
using Reeve.Server.Sources;

namespace Reeve.Server.Tests.Sources;

public sealed class ClusterMapTests
{
    private static readonly ClusterMap Map = new(
    [
        new() { Name = "staging", Match = new() { Path = ["/srv/logs/staging/*"] } },
        new() { Name = "edge", Match = new() { Path = ["*/edge-?/*"], Host = ["edge-*"] } },
        new() { Name = "wire", Match = new() { Peer = [System.Net.IPNetwork.Parse("10.0.0.0/8")] } },
        new() { Name = "everything", Match = new() },
    ]);

    [Fact]
    public void Files_of_one_cluster_have_equal_identities()
    {
        var source = new SourceConfiguration { Type = "file", Name = "logs", Path = "/srv/logs" };

        Assert.Equal(Map.Identify(source, new Sender(Path: "/srv/logs/staging/a.log")), Map.Identify(source, new Sender(Path: "/srv/logs/staging/b.log")));
        Assert.NotEqual(Map.Identify(source, new Sender(Path: "/srv/logs/staging/a.log")), Map.Identify(source, new Sender(Path: "/srv/logs/prod/b.log")));
    }

    [Theory]
    [InlineData("/srv/logs/staging/a/audit.log", null, null, "staging")]
    [InlineData("/srv/logs/prod/audit.log", null, null, "default")]
    [InlineData("/srv/logs/edge-1/audit.log", null, "edge-1", "edge")]
    [InlineData("/srv/logs/edge-1/audit.log", null, null, "default")]
    [InlineData("/srv/logs/staging/audit.log", "prod", null, "prod")]
    public void First_cluster_that_matches_the_file_wins_and_a_named_one_goes_before(
        string path, string? cluster, string? host, string expected)
    {
        var source = new SourceConfiguration { Type = "file", Name = "logs", Path = "/srv/logs", Cluster = cluster, Host = host };

        Assert.Equal(expected, Map.Identify(source, new Sender(Path: path)).Cluster);
    }
}
