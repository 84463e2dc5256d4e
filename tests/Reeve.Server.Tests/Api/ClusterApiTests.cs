using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Configuration;
using Reeve.Server.Security;
using Reeve.Server.Sources;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Api;

public sealed class ClusterApiTests
{
    private static readonly SourceConfiguration Wire = new() { Type = "syslog", Name = "wire" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Assignment_takes_effect_with_the_next_record_and_is_listed_and_removed()
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = server.ClientWithToken(Role.Admin);
        Deliver(server, "cp1");

        using var created = await admin.PostAsJsonAsync("/api/v1/clusters/assignments", new { cluster = "prod", host = "cp1", peer = "10.0.0.7" }, Cancel);
        var answer = await created.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Contains("earlier events stay", answer.GetProperty("note").GetString(), StringComparison.Ordinal);
        var id = answer.GetProperty("assignment").GetProperty("id").GetString()!;

        Assert.Equal("prod", Deliver(server, "cp1").Cluster);
        Assert.Equal("default", Deliver(server, "cp2").Cluster);
        var listed = Assert.Single((await GetAsync(admin, "/api/v1/clusters/assignments")).GetProperty("assignments").EnumerateArray());
        Assert.Equal(
            $$"""{"id":"{{id}}","cluster":"prod","host":"cp1","peer":"10.0.0.7/32","created":"2026-03-01T12:00:00+00:00","createdBy":"token:test"}""",
            listed.GetRawText());

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v1/clusters/assignments/{id}", Cancel)).StatusCode);
        Assert.Equal("default", Deliver(server, "cp1").Cluster);
        using var gone = await admin.DeleteAsync($"/api/v1/clusters/assignments/{id}", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal("application/problem+json", gone.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Clusters_are_those_that_are_assigned_and_those_that_events_came_for()
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = server.ClientWithToken(Role.Admin);
        Deliver(server, "cp2");
        Deliver(server, "cp1");
        Deliver(server, "hook", Wire with { Type = "webhook", Name = "hook", Cluster = "edge" });
        using var _ = await admin.PostAsJsonAsync("/api/v1/clusters/assignments", new { cluster = "quiet", host = "none" }, Cancel);

        var clusters = (await GetAsync(admin, "/api/v1/clusters")).GetProperty("clusters").EnumerateArray().Select(cluster =>
            $"{cluster.GetProperty("name")} {cluster.GetProperty("origin")} {cluster.GetProperty("hosts")} {cluster.GetProperty("senders")} {cluster.GetProperty("events")}");

        Assert.Equal(["default unmapped [\"cp1\",\"cp2\"] 2 2", "edge webhook [\"hook\"] 1 1", "quiet assignment [] 0 0"], clusters);
    }

    [Theory]
    [InlineData("""{"cluster":"prod"}""")]
    [InlineData("""{"host":"cp1"}""")]
    [InlineData("""{"cluster":"a b","host":"cp1"}""")]
    [InlineData("""{"cluster":"..","host":"cp1"}""")]
    [InlineData("""{"cluster":"prod","host":"a\nb"}""")]
    [InlineData("""{"cluster":"prod","peer":"10.0.0.0/99"}""")]
    [InlineData("""{"cluster":"prod","peer":"everywhere"}""")]
    [InlineData("""{"cluster":"prod","host":7}""")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Assignment_that_is_wrong_is_a_problem(string body)
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = server.ClientWithToken(Role.Admin);
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));

        using var response = await admin.PostAsync("/api/v1/clusters/assignments", content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty((await GetAsync(admin, "/api/v1/clusters/assignments")).GetProperty("assignments").EnumerateArray());
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Analyst)]
    public async Task Only_administrators_change_clusters_and_senders(Role role)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.ClientWithToken(role);
        Deliver(server, "cp1");
        var sender = server.Services.GetRequiredService<SenderRegistry>().Snapshot()[0].Id;

        using var assigned = await client.PostAsJsonAsync("/api/v1/clusters/assignments", new { cluster = "prod", host = "cp1" }, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, assigned.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.DeleteAsync("/api/v1/clusters/assignments/c0", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.DeleteAsync($"/api/v1/senders/{sender}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/clusters", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/clusters/assignments", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/senders", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Senders_are_listed_with_whatever_they_say_of_themselves_and_can_be_forgotten()
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = server.ClientWithToken(Role.Admin);
        const string Host = "</script>\u0000\u001b[31m\u202e\"";
        var identity = Deliver(server, Host);
        server.Services.GetRequiredService<SenderRegistry>().Note(identity, "cut", "It was cut.", "Allow more.");

        var sender = Assert.Single((await GetAsync(admin, "/api/v1/senders")).GetProperty("senders").EnumerateArray());
        Assert.Equal(Host, sender.GetProperty("host").GetString());
        Assert.Equal("10.0.0.7", sender.GetProperty("peer").GetString());
        Assert.Equal(2.5, sender.GetProperty("lagSeconds").GetDouble());
        Assert.Equal((1, 1, 1), (sender.GetProperty("events").GetInt64(), sender.GetProperty("eventsInAll").GetInt64(), sender.GetProperty("errors").GetInt64()));
        Assert.Equal("Allow more.", sender.GetProperty("troubles")[0].GetProperty("advice").GetString());

        var id = sender.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v1/senders/{id}", Cancel)).StatusCode);
        Assert.Empty((await GetAsync(admin, "/api/v1/senders")).GetProperty("senders").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"/api/v1/senders/{id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Metrics_tell_the_last_event_and_lag_of_each_source_and_cluster_and_no_host()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.ClientWithToken();
        Deliver(server, "cp1");
        Deliver(server, "cp2");

        var exposition = await client.GetStringAsync("/metrics", Cancel);

        Assert.Contains("reeve_source_last_event_seconds{cluster=\"default\",source=\"wire\"} 1772366400", exposition, StringComparison.Ordinal);
        Assert.Contains("reeve_source_lag_seconds{cluster=\"default\",source=\"wire\"} 2.5", exposition, StringComparison.Ordinal);
        Assert.DoesNotContain("cp1", exposition, StringComparison.Ordinal);
    }

    // As a source does: it asks the map, and its batch is counted.
    private static SourceIdentity Deliver(RunningServer server, string host, SourceConfiguration? source = null)
    {
        var identity = server.Services.GetRequiredService<ClusterMap>().Identify(source ?? Wire, new(IPAddress.Parse("10.0.0.7"), Host: host));
        server.Services.GetRequiredService<SenderRegistry>().Add(
            identity, new() { Events = 1, Lag = TimeSpan.FromSeconds(2.5) }, server.Time.GetUtcNow().UtcDateTime);
        return identity;
    }

    private static Task<JsonElement> GetAsync(HttpClient client, string path) => client.GetFromJsonAsync<JsonElement>(path, Cancel);
}
