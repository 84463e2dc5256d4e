using System.Net;
using System.Text.Json;
using Reeve.Audit.Reading;

namespace Reeve.Audit.Tests;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("1.1.1.1 10.0.0.1", "", "10.0.0.1")]
    [InlineData("6.6.6.6 1.1.1.1 172.31.0.4", "172.31.0.0/16", "1.1.1.1")]
    [InlineData("1.1.1.1 172.31.0.9 172.31.0.4", "172.31.0.0/16", "1.1.1.1")]
    [InlineData("172.31.0.9 172.31.0.4", "172.31.0.0/16", "172.31.0.9")]
    [InlineData("1.1.1.1 ::ffff:172.31.0.4", "172.31.0.0/16", "1.1.1.1")]
    [InlineData("1.1.1.1 2001:db8::5", "2001:db8::/32", "1.1.1.1")]
    [InlineData("1.1.1.1 10.0.0.9", "10.0.0.9", "1.1.1.1")]
    [InlineData("1.1.1.1 nonsense 10.0.0.9", "10.0.0.9", "1.1.1.1")]
    [InlineData("::ffff:9.9.9.9", "", "9.9.9.9")]
    [InlineData("nonsense", "", "::")]
    [InlineData("", "", "::")]
    public void The_last_address_that_is_no_trusted_proxy_counts(string sources, string trusted, string expected)
    {
        var split = StringSplitOptions.RemoveEmptyEntries;
        var auditEvent = new AuditEvent();
        var json = new { verb = "get", sourceIPs = sources.Split(' ', split) };
        new EventRestorer().Restore(JsonSerializer.SerializeToUtf8Bytes(json), auditEvent);
        Assert.True(TrustedProxies.TryParse(trusted.Split(' ', split), out var proxies, out _));
        Assert.Equal(IPAddress.Parse(expected), ClientAddress.Of(auditEvent, proxies));
    }

    [Theory]
    [InlineData("172.31.0.0/33")]
    [InlineData("proxy.local")]
    [InlineData("")]
    public void What_is_no_network_is_named(string text)
    {
        Assert.False(TrustedProxies.TryParse(["10.0.0.0/8", text], out _, out var invalid));
        Assert.Equal(text, invalid);
    }
}
