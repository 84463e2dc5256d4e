using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

public sealed class DefaultSourceTests
{
    // Where something else has the port, the source says that instead: the test needs no free one.
    [Fact]
    public async Task Server_that_is_told_nothing_takes_syslog_on_port_1514_of_loopback()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: "");
        await server.WaitForLogAsync("listening for syslog on 127.0.0.1:1514", "another program listens on 127.0.0.1:1514");
        using var analyst = await Analyst.SignUpAsync(server);

        var sources = (await analyst.GetAsync("/api/v1/sources")).GetProperty("sources").EnumerateArray().ToList();

        Assert.Equal("syslog", Assert.Single(sources, source => source.GetProperty("kind").GetString() == "syslog").GetProperty("name").GetString());
        Assert.DoesNotContain(sources, source => source.GetProperty("kind").GetString() == "file");
    }
}
