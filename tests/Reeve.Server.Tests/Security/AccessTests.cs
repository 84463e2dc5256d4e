using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Security;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Security;

public sealed class AccessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/sources")]
    [InlineData("/api/v1/tokens")]
    [InlineData("/api/v1/nothing-here")]
    [InlineData("/openapi/v1.json")]
    public async Task Api_without_credentials_answers_401(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();

        using var response = await client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/", "/sign-in")]
    [InlineData("/search?q=verb:delete", "/sign-in?returnUrl=%2Fsearch%3Fq%3Dverb%3Adelete")]
    [InlineData("/no/such/page", "/sign-in?returnUrl=%2Fno%2Fsuch%2Fpage")]
    public async Task Page_without_a_session_leads_to_the_sign_in_page(string path, string expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();

        using var response = await client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task Health_and_metrics_are_open_on_loopback(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();

        using var response = await client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(Role.Viewer, "/api/v1/sources", HttpStatusCode.OK)]
    [InlineData(Role.Analyst, "/api/v1/sources", HttpStatusCode.OK)]
    [InlineData(Role.Admin, "/api/v1/sources", HttpStatusCode.OK)]
    [InlineData(Role.Viewer, "/api/v1/tokens", HttpStatusCode.Forbidden)]
    [InlineData(Role.Analyst, "/api/v1/tokens", HttpStatusCode.Forbidden)]
    [InlineData(Role.Admin, "/api/v1/tokens", HttpStatusCode.OK)]
    public async Task Token_may_do_what_its_role_may(Role role, string path, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.ClientWithToken(role);

        using var response = await client.GetAsync(path, Cancel);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Revoked_token_is_refused_at_once()
    {
        await using var server = await RunningServer.StartAsync();
        var (token, secret) = server.CreateToken(Role.Viewer);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "Bearer", secret));

        Assert.True(server.Services.GetRequiredService<TokenStore>().Revoke(token.Id));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, "Bearer", secret));
    }

    [Fact]
    public async Task Token_stops_working_when_it_expires()
    {
        await using var server = await RunningServer.StartAsync();
        var (_, secret) = server.CreateToken(Role.Viewer, server.Time.GetUtcNow().AddHours(1));

        server.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "Bearer", secret));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, "Bearer", secret));
    }

    [Fact]
    public async Task Token_with_any_changed_character_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        var (_, secret) = server.CreateToken(Role.Viewer);
        // The last character carries 4 of its 6 bits only; a change in the other 2 is still another text.
        for (var i = 0; i < secret.Length; i++)
        {
            var changed = $"{secret[..i]}{(secret[i] == 'A' ? 'B' : 'A')}{secret[(i + 1)..]}";
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, "Bearer", changed));
        }
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Token")]
    public async Task Token_under_another_scheme_is_refused(string scheme)
    {
        await using var server = await RunningServer.StartAsync();
        var (_, secret) = server.CreateToken(Role.Viewer);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, scheme, secret));
    }

    [Fact]
    public async Task Secret_of_a_token_is_not_in_the_state_database()
    {
        await using var server = await RunningServer.StartAsync();
        var (_, secret) = server.CreateToken(Role.Viewer);

        foreach (var file in Directory.EnumerateFiles(server.Folder, "reeve.db*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(secret[TokenStore.Prefix.Length..], await reader.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("attacker.example", false)]
    [InlineData("127.0.0.1.attacker.example", false)]
    [InlineData("localhost.attacker.example", false)]
    [InlineData("10.0.0.1", false)]
    public async Task Loopback_listener_answers_to_its_own_names_only(string host, bool expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.Host = $"{host}:{server.Address.Port}";

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(expected ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        foreach (var path in (string[])["/", "/healthz", "/api/v1/sources"])
        {
            using var response = await client.GetAsync(path, Cancel);

            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string scheme, string secret)
    {
        using var client = server.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, secret);
        using var response = await client.GetAsync("/api/v1/sources", Cancel);
        return response.StatusCode;
    }
}
