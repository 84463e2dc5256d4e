using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Security;
using Reeve.Server.Sources;

namespace Reeve.Server.Tests.Sources.Webhook;

public sealed class WebhookAccessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_token_over_http_it_says_why_apiservers_send_none()
    {
        await using var server = await WebhookServer.StartAsync();

        var (answer, challenge) = await PostAsync(server, authorization: null);

        Assert.Equal((401, "Bearer"), (answer.Status, challenge));
        Assert.Contains("https only: set listen.tls", answer.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer reeve_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer x")]
    [InlineData("Bearer")]
    [InlineData("Basic cmVldmU6cmVldmU=")]
    [InlineData("nonsense")]
    public async Task Wrong_token_is_401_and_names_the_command(string authorization)
    {
        await using var server = await WebhookServer.StartAsync();

        var (answer, challenge) = await PostAsync(server, authorization);

        Assert.Equal((401, "Bearer"), (answer.Status, challenge));
        Assert.Contains("reeve token create --cluster prod", answer.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Stored());
    }

    [Fact]
    public async Task Token_of_another_cluster_is_403_and_names_both()
    {
        await using var server = await WebhookServer.StartAsync();

        var (answer, _) = await PostAsync(server, $"Bearer {server.Token("dev")}");

        Assert.Equal((403, "This token sends the events of cluster 'dev', not of 'prod'."), (answer.Status, answer.Detail));
        Assert.Empty(server.Stored());
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Analyst)]
    [InlineData(Role.Admin)]
    public async Task Token_that_reads_does_not_send(Role role)
    {
        await using var server = await WebhookServer.StartAsync();

        var (answer, _) = await PostAsync(server, $"Bearer {server.Server.CreateToken(role).Secret}");

        Assert.Equal(403, answer.Status);
        Assert.Contains("reeve token create --cluster prod", answer.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Stored());
    }

    [Theory]
    [InlineData("a b", 400)]
    [InlineData("-a", 400)]
    [InlineData("pr%C3%B6d", 400)]
    [InlineData("%00", 400)]
    public async Task Name_of_a_cluster_is_checked(string cluster, int expected)
    {
        await using var server = await WebhookServer.StartAsync();

        using var response = await server.Sender().PostAsync($"/api/v1/sources/kubernetes/{cluster}", new ByteArrayContent(EventBodies.Of("a")), Cancel);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Empty(server.Stored());
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("-a")]
    [InlineData("a%2Fb")]
    public async Task Name_of_a_host_is_checked(string host)
    {
        await using var server = await WebhookServer.StartAsync();

        var answer = await server.PostAsync(EventBodies.Of("a"), host: host);

        Assert.Equal(400, answer.Status);
        Assert.Contains("letters, digits", answer.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Stored());
    }

    [Fact]
    public async Task Who_tries_wrong_tokens_is_slowed_but_not_who_has_the_right_one_at_the_same_address()
    {
        await using var server = await WebhookServer.StartAsync();

        var statuses = new List<int>();
        for (var attempt = 0; attempt < 25; attempt++)
            statuses.Add((await PostAsync(server, $"Bearer reeve_wrong{attempt}")).Answer.Status);

        Assert.Equal([.. Enumerable.Repeat(401, 20), .. Enumerable.Repeat(429, 5)], statuses);
        Assert.Equal(200, (await server.PostAsync(EventBodies.Of("a"))).Status);
        Assert.Equal(20, server.Log.Split('\n').Count(line => line.Contains("wrong-token", StringComparison.Ordinal)));
        Assert.Equal(25, server.Metric("reeve_webhook_requests_total{cluster=\"\",status=\"4"));
    }

    [Fact]
    public async Task Strangers_are_noted_under_clusters_that_exist_however_many_they_name()
    {
        await using var server = await WebhookServer.StartAsync();
        server.Token();

        for (var number = 0; number < 10; number++)
            await PostAsync(server, "Bearer reeve_wrong", cluster: $"invented-{number}");
        await PostAsync(server, "Bearer reeve_wrong");

        var senders = server.Server.Services.GetRequiredService<SenderRegistry>().Snapshot();
        Assert.Equal(["default", "prod"], senders.Select(sender => sender.Cluster));
        Assert.Equal([10, 1], senders.Select(sender => Assert.Single(sender.Troubles).Count));
        Assert.All(senders, sender => Assert.Equal("wrong-token", sender.Troubles[0].Code));
    }

    [Fact]
    public async Task No_token_is_ever_logged_answered_or_counted()
    {
        await using var server = await WebhookServer.StartAsync();
        var (right, wrong) = (server.Token(), "reeve_" + new string('w', 43));

        var texts = new List<string>();
        foreach (var (token, cluster, body) in new[]
        {
            (right, "prod", EventBodies.Of("a")), (right, "dev", EventBodies.Of("a")), (right, "prod", []), (wrong, "prod", EventBodies.Of("a")),
            (right + "x", "prod", EventBodies.Of("a")),
        })
            texts.Add((await PostAsync(server, $"Bearer {token}", cluster, body)).Answer.Detail);
        using var client = server.Server.Client();
        texts.AddRange(server.Log, await client.GetStringAsync("/metrics", Cancel));
        texts.AddRange(server.Server.Services.GetRequiredService<SenderRegistry>().Snapshot().SelectMany(sender => sender.Troubles).Select(trouble => trouble.ToString()));

        Assert.True(server.Log.Length > 100);
        Assert.All(texts, text =>
        {
            Assert.DoesNotContain(right[TokenStore.Prefix.Length..], text, StringComparison.Ordinal);
            Assert.DoesNotContain(wrong[TokenStore.Prefix.Length..], text, StringComparison.Ordinal);
        });
    }

    private static async Task<(WebhookAnswer Answer, string? Challenge)> PostAsync(
        WebhookServer server, string? authorization, string cluster = WebhookServer.Cluster, byte[]? body = null)
    {
        using var client = server.Server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookServer.Path(cluster)) { Content = new ByteArrayContent(body ?? EventBodies.Of("a")) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await client.SendAsync(request, Cancel);
        return (await WebhookAnswer.ReadAsync(response), response.Headers.WwwAuthenticate.FirstOrDefault()?.Scheme);
    }
}
