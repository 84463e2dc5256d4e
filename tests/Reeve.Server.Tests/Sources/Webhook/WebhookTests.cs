using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Sources;

namespace Reeve.Server.Tests.Sources.Webhook;

public sealed class WebhookTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Real_bodies_sent_again_in_another_order_and_in_parts_store_each_event_once()
    {
        var bodies = EventBodies.Real();
        var items = bodies.SelectMany(EventBodies.Items).ToList();
        await using var server = await WebhookServer.StartAsync();

        foreach (var body in bodies)
            Assert.Equal((200, EventBodies.Items(body).Count()), await SendAsync(server, body));
        foreach (var body in bodies.Reverse())
            Assert.Equal(200, (await SendAsync(server, body)).Status);
        var parts = items.Chunk(7).Select(EventBodies.List).ToList();
        new Random(3).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts));
        await Parallel.ForEachAsync(parts, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (part, _) =>
            Assert.Equal(200, (await SendAsync(server, part)).Status));

        var stored = server.Stored();
        Assert.Equal(items.Select(EventBodies.Name).Order(), stored.Select(entry => EventBodies.Name(entry.Raw)).Order());
        Assert.Equal(bodies.Count, server.Metric("reeve_webhook_repeated_total{cluster=\"prod\"}"));
        var status = server.Status();
        Assert.Equal((items.Count * 3, items.Count * 2, 0), (status.Events, status.Duplicates, status.Unreadable));
    }

    [Fact]
    public async Task Bodies_that_many_send_at_once_are_stored_once()
    {
        var bodies = Enumerable.Range(0, 20).Select(body => EventBodies.Of(Enumerable.Range(body * 5, 10).Select(id => $"a-{id}"))).ToList();
        await using var server = await WebhookServer.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Repeat(bodies, 10).SelectMany(all => all).Select(body => SendAsync(server, body)));

        Assert.All(answers, answer => Assert.Equal((200, 10), answer));
        Assert.Equal(
            Enumerable.Range(0, 105).Select(id => $"a-{id} ResponseComplete").Order(),
            server.Stored().Select(entry => EventBodies.Name(entry.Raw)).Order());
    }

    [Fact]
    public async Task Event_says_its_cluster_its_apiserver_and_its_source()
    {
        await using var server = await WebhookServer.StartAsync();

        Assert.Equal(200, (await server.PostAsync(EventBodies.Of("a"), host: "cp-1.example.com")).Status);
        Assert.Equal(200, (await server.PostAsync(EventBodies.Of("b"), cluster: "dev")).Status);

        Assert.Equal(
            [("prod", "cp-1.example.com", "webhook"), ("dev", "", "webhook")],
            server.Stored().Select(entry => (entry.Context.Cluster, entry.Context.Host, entry.Context.Source)));
        var status = server.Status();
        Assert.Equal(("127.0.0.1", "cp-1.example.com", true), (status.Sender.Peer?.ToString(), status.Host, status.IsMapped));
    }

    [Fact]
    public async Task Same_body_for_another_cluster_is_another_body()
    {
        await using var server = await WebhookServer.StartAsync();

        Assert.Equal(200, (await server.PostAsync(EventBodies.Of("a"))).Status);
        Assert.Equal(200, (await server.PostAsync(EventBodies.Of("a"), cluster: "dev")).Status);

        Assert.Equal(["prod", "dev"], server.Stored().Select(entry => entry.Context.Cluster));
    }

    [Fact]
    public async Task Requests_are_counted_and_not_logged_one_by_one()
    {
        await using var server = await WebhookServer.StartAsync();
        var before = server.Log.Split('\n').Length;

        for (var number = 0; number < 10; number++)
            Assert.Equal(200, (await server.PostAsync(EventBodies.Of($"a-{number}"))).Status);

        Assert.InRange(server.Log.Split('\n').Length - before, 0, 9);
        Assert.Equal(10, server.Metric("reeve_webhook_requests_total{cluster=\"prod\",status=\"200\"}"));
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("gzip", "application/json")]
    [InlineData("GZIP", "application/json; charset=utf-8")]
    [InlineData("x-gzip", "application/x-ndjson")]
    [InlineData("identity", "text/plain")]
    [InlineData(null, null)]
    [InlineData(null, "no media type at all")]
    [InlineData(null, "application/x-www-form-urlencoded")]
    [InlineData(null, "multipart/form-data; boundary=x")]
    public async Task Body_counts_not_what_it_is_called(string? encoding, string? type)
    {
        await using var server = await WebhookServer.StartAsync();
        var body = EventBodies.Of("a", "b");

        var answer = await server.PostAsync(encoding?.Contains("gzip", StringComparison.OrdinalIgnoreCase) == true ? EventBodies.Gzip(body) : body, encoding: encoding, type: type);

        Assert.Equal((200, 2), (answer.Status, answer.Events));
        Assert.Equal(2, server.Stored().Count);
    }

    [Theory]
    [InlineData("""{"kind":"Event","apiVersion":"audit.k8s.io/v1","auditID":"a","stage":"Panic","verb":"get"}""", 1)]
    [InlineData("{\"auditID\":\"a\",\"verb\":\"get\"}\n{\"auditID\":\"b\",\"verb\":\"get\"}\n", 2)]
    [InlineData("{\"auditID\":\"a\",\"verb\":\"get\",", 1)]
    [InlineData("[1, 2]", 1)]
    [InlineData("{}", 1)]
    [InlineData("\0\u0001 nonsense", 1)]
    [InlineData("""{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[]}""", 0)]
    public async Task What_cannot_be_read_is_kept_because_it_would_come_again_and_again(string body, int events)
    {
        await using var server = await WebhookServer.StartAsync();

        var answer = await server.PostAsync(System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal((200, events), (answer.Status, answer.Events));
        Assert.Equal(events, server.Stored().Count);
    }

    [Fact]
    public async Task Gzip_of_several_members_is_one_body()
    {
        await using var server = await WebhookServer.StartAsync();
        var body = EventBodies.Of("a", "b");

        var answer = await server.PostAsync([.. EventBodies.Gzip(body.AsSpan(0, 300)), .. EventBodies.Gzip(body.AsSpan(300))], encoding: "gzip");

        Assert.Equal((200, 2), (answer.Status, answer.Events));
    }

    [Fact]
    public async Task Source_is_there_before_its_first_event()
    {
        await using var server = await WebhookServer.StartAsync();
        var registry = server.Server.Services.GetRequiredService<SourceRegistry>();

        var before = Assert.Single(registry.Snapshot());
        Assert.Equal(("webhook", SourceState.Following, "waiting for the first event"), (before.Kind, before.State, before.Message));
        await server.PostAsync(EventBodies.Of("a"));
        server.Server.Time.Advance(TimeSpan.FromSeconds(1));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (registry.Snapshot()[0].Events == 0)
            await poll.WaitForNextTickAsync(patience.Token);
        Assert.Null(registry.Snapshot()[0].Message);
    }

    [Fact]
    public async Task Request_during_the_start_waits_for_it()
    {
        await using var server = await WebhookServer.StartAsync(new() { Patience = TimeSpan.FromHours(10) }, open: false);

        var early = server.PostAsync(EventBodies.Of("a"));
        Assert.False(early.IsCompleted);
        await server.OpenAsync();

        Assert.Equal(200, (await early).Status);
    }

    [Fact]
    public async Task Request_before_the_start_is_told_to_come_again()
    {
        await using var server = await WebhookServer.StartAsync(new() { Patience = TimeSpan.Zero }, open: false);

        var answer = await server.PostAsync(EventBodies.Of("a"));

        Assert.Equal((503, 2), (answer.Status, answer.RetryAfter));
        Assert.Empty(server.Stored());
    }

    private static async Task<(int Status, int Events)> SendAsync(WebhookServer server, byte[] body)
    {
        var answer = await server.PostAsync(body);
        return (answer.Status, answer.Events);
    }
}
