using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Sources.Webhook;

namespace Reeve.Server.Tests.Sources.Webhook;

public sealed class WebhookLimitTests
{
    private const int Small = 64 << 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    public async Task Empty_body_is_400(string body)
    {
        await using var server = await WebhookServer.StartAsync();

        var plain = await server.PostAsync(Encoding.UTF8.GetBytes(body));
        var gzip = await server.PostAsync(EventBodies.Gzip(Encoding.UTF8.GetBytes(body)), encoding: "gzip");
        var nothing = await server.PostAsync([], encoding: "gzip");

        Assert.Equal((400, 400, 400), (plain.Status, gzip.Status, nothing.Status));
        Assert.Contains("empty", plain.Detail, StringComparison.Ordinal);
        Assert.Equal("empty-body", Assert.Single(server.Status().Troubles).Code);
    }

    [Fact]
    public async Task Gzip_that_is_damaged_or_breaks_off_anywhere_is_400_and_nothing_of_it_is_kept()
    {
        await using var server = await WebhookServer.StartAsync();
        var whole = EventBodies.Gzip(EventBodies.Of("a", "b", "c"));
        List<byte[]> bodies = [Encoding.UTF8.GetBytes("no gzip"), EventBodies.Of("a"), [0x1f, 0x8b], .. Enumerable.Range(1, whole.Length - 1).Select(end => whole[..end])];
        for (var at = whole.Length - 8; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x10;
            bodies.Add(damaged);
        }

        foreach (var body in bodies)
        {
            var answer = await server.PostAsync(body, encoding: "gzip");
            Assert.Equal((400, true), (answer.Status, answer.Detail.Contains("gzip", StringComparison.Ordinal)));
        }

        Assert.Empty(server.Stored());
        Assert.Equal(200, (await server.PostAsync(whole, encoding: "gzip")).Status);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("nonsense")]
    public async Task Another_encoding_is_415(string encoding)
    {
        await using var server = await WebhookServer.StartAsync();

        var answer = await server.PostAsync(EventBodies.Of("a"), encoding: encoding);

        Assert.Equal(415, answer.Status);
        Assert.Contains("gzip", answer.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_that_is_too_large_is_413_and_what_fits_is_kept_once(bool gzip)
    {
        await using var server = await WebhookServer.StartAsync(new() { MaxBody = 1 << 20 });
        var ids = Enumerable.Range(0, 4_000).Select(id => $"a-{id}").ToList();
        var body = EventBodies.Of(ids);
        Assert.True(body.Length > 1 << 20);

        var first = await server.PostAsync(gzip ? EventBodies.Gzip(body) : body, encoding: gzip ? "gzip" : null);
        var again = await server.PostAsync(gzip ? EventBodies.Gzip(body) : body, encoding: gzip ? "gzip" : null);

        var fits = Encoding.UTF8.GetString(body.AsSpan(0, 1 << 20)).Split("\"auditID\"").Length - 1;
        Assert.Equal((413, 413), (first.Status, again.Status));
        Assert.Contains($"larger than 1 MiB. The first 1 MiB are kept, with {fits} events; at least {body.Length - (1 << 20)} bytes", first.Detail, StringComparison.Ordinal);
        Assert.Equal(first.Detail, again.Detail);
        Assert.Equal(ids.Take(fits), server.Stored().Select(entry => entry.Raw.Split('"')[7]));
        Assert.Contains("…reeve:cut:", server.Stored()[^1].Raw, StringComparison.Ordinal);
        Assert.Equal("body-too-large", Assert.Single(server.Status().Troubles).Code);
    }

    [Fact]
    public async Task Body_for_which_no_memory_is_left_is_to_come_again_and_the_next_has_room()
    {
        await using var server = await WebhookServer.StartAsync(new() { BytesInFlight = Small });

        var large = await server.PostAsync(EventBodies.Of(Enumerable.Range(0, 1_000).Select(id => $"a-{id}")));
        var small = await server.PostAsync(EventBodies.Of("a"));

        Assert.Equal((503, 1.0, 200), (large.Status, large.RetryAfter, small.Status));
        Assert.Equal(0, Taken(server));
    }

    [Fact]
    public async Task Slow_sender_is_408_holds_little_memory_and_disturbs_nobody()
    {
        await using var server = await WebhookServer.StartAsync(new() { SlowestRate = 100_000, SlowGrace = TimeSpan.FromSeconds(1.5) });
        var request = Encoding.ASCII.GetBytes(Request(server, 60 << 20) + "{\"kind\":");
        var slow = new List<TcpClient>();
        for (var number = 0; number < 100; number++)
            slow.Add(await ConnectAsync(server, request));

        for (var number = 0; number < 20; number++)
            Assert.Equal(200, (await server.PostAsync(EventBodies.Of($"a-{number}"))).Status);
        Assert.InRange(Taken(server), 0, 100 * Small);
        foreach (var client in slow)
        {
            using var reader = new StreamReader(client.GetStream());
            Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync(Cancel), StringComparison.Ordinal);
            client.Dispose();
        }

        Assert.Equal(20, server.Stored().Count);
        Assert.Equal(0, Taken(server));
    }

    [Fact]
    public async Task Five_hundred_idle_connections_disturb_nobody()
    {
        await using var server = await WebhookServer.StartAsync();
        var begun = Encoding.ASCII.GetBytes(Request(server, 1_000)[..60]);
        var idle = new List<TcpClient>();
        for (var number = 0; number < 500; number++)
            idle.Add(await ConnectAsync(server, number % 2 == 0 ? [] : begun));

        for (var number = 0; number < 20; number++)
            Assert.Equal(200, (await server.PostAsync(EventBodies.Of($"a-{number}"))).Status);

        Assert.Equal(20, server.Stored().Count);
        idle.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Body_that_breaks_off_leaves_nothing_behind()
    {
        await using var server = await WebhookServer.StartAsync();
        var body = Encoding.UTF8.GetString(EventBodies.Of("a", "b"));

        for (var number = 0; number < 20; number++)
        {
            using var client = await ConnectAsync(server, Encoding.UTF8.GetBytes(Request(server, body.Length) + body[..(body.Length / 2)]));
        }

        Assert.Equal(200, (await server.PostAsync(EventBodies.Of("c"))).Status);
        Assert.Equal(["c"], server.Stored().Select(entry => EventBodies.Name(entry.Raw).Split(' ')[0]));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (Taken(server) > 0)
            await poll.WaitForNextTickAsync(patience.Token);
    }

    [Fact]
    public async Task Chunk_that_is_none_is_a_problem()
    {
        await using var server = await WebhookServer.StartAsync();
        var head = Request(server, 0).Replace("Content-Length: 0", "Transfer-Encoding: chunked", StringComparison.Ordinal);

        using var client = await ConnectAsync(server, Encoding.ASCII.GetBytes(head + "zz\r\n{}\r\n0\r\n\r\n"));

        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync(Cancel), StringComparison.Ordinal);
    }

    private static long Taken(WebhookServer server) => server.Server.Services.GetRequiredService<BytesInFlight>().Taken;

    private static string Request(WebhookServer server, int length) =>
        $"POST {WebhookServer.Path(WebhookServer.Cluster)} HTTP/1.1\r\nHost: {server.Server.Address.Authority}\r\nUser-Agent: Go-http-client/1.1\r\n"
        + $"Content-Length: {length}\r\nAuthorization: {server.Sender().DefaultRequestHeaders.Authorization}\r\nContent-Type: application/json\r\n\r\n";

    private static async Task<TcpClient> ConnectAsync(WebhookServer server, byte[] bytes)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Server.Address.Host, server.Server.Address.Port, Cancel);
        await client.GetStream().WriteAsync(bytes, Cancel);
        return client;
    }
}
