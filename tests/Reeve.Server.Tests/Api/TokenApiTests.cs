using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Reeve.Server.Security;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Api;

public sealed class TokenApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_is_made_used_listed_without_its_secret_and_revoked()
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = server.ClientWithToken(Role.Admin);

        using var created = await admin.PostAsJsonAsync("/api/v1/tokens", new { name = "grafana", role = "viewer" }, Cancel);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var answer = await created.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var secret = answer.GetProperty("secret").GetString()!;
        var id = answer.GetProperty("token").GetProperty("id").GetString()!;
        Assert.Equal("viewer", answer.GetProperty("token").GetProperty("role").GetString());

        using var program = server.Client();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/sources", Cancel)).StatusCode);

        var list = await admin.GetStringAsync("/api/v1/tokens", Cancel);
        Assert.Contains("grafana", list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[6..], list, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v1/tokens/{id}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/sources", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("""{"role":"viewer"}""")]
    [InlineData("""{"name":"","role":"viewer"}""")]
    [InlineData("""{"name":"a\nb","role":"viewer"}""")]
    [InlineData("""{"name":"a","role":"root"}""")]
    [InlineData("""{"name":"a","role":2}""")]
    [InlineData("""{"name":"a","role":"viewer","expires":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"name":"a","role":"viewer","expires":"soon"}""")]
    [InlineData("""{"name":"a","role":"viewer","cluster":"prod"}""")]
    [InlineData("""{"name":"a","role":"source"}""")]
    [InlineData("""{"name":"a","role":"source","cluster":""}""")]
    [InlineData("""{"name":"a","role":"source","cluster":"prod/eu"}""")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Request_that_is_wrong_is_a_problem(string body)
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = server.ClientWithToken(Role.Admin);
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));

        using var response = await admin.PostAsync("/api/v1/tokens", content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Token_of_a_source_names_its_cluster_and_reads_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = server.ClientWithToken(Role.Admin);

        using var created = await admin.PostAsJsonAsync("/api/v1/tokens", new { name = "apiserver", role = "source", cluster = "prod-eu.1" }, Cancel);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var answer = await created.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("prod-eu.1", answer.GetProperty("token").GetProperty("cluster").GetString());
        using var program = server.Client();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("secret").GetString());
        foreach (var path in (string[])["/api/v1/sources", "/api/v1/search", "/api/v1/tokens", "/openapi/v1.json", "/", "/search"])
        {
            using var response = await program.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains("'prod-eu.1'", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Revoking_what_is_not_there_is_404()
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = server.ClientWithToken(Role.Admin);

        using var response = await admin.DeleteAsync("/api/v1/tokens/t0", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Body_of_megabytes_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = server.ClientWithToken(Role.Admin);

        using var response = await admin.PostAsJsonAsync("/api/v1/tokens", new { name = new string('a', 2 << 20), role = "viewer" }, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }
}
