using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Security;
using Reeve.Server.Sources;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Api;

public sealed class ProblemTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/v1/nothing-here", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/api/v1/sources", HttpStatusCode.MethodNotAllowed)]
    public async Task Whatever_goes_wrong_in_the_api_is_a_problem(string method, string path, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.ClientWithToken(Role.Admin);

        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Text_of_an_exception_nobody_expected_is_not_told()
    {
        await using var server = await RunningServer.StartAsync(
            services => services.AddSingleton<SourceRegistry>(_ => throw new InvalidOperationException("hunter2")));
        using var client = server.ClientWithToken();

        using var response = await client.GetAsync("/api/v1/sources", Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("hunter2", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_are_listed_as_they_report()
    {
        await using var server = await RunningServer.StartAsync();
        var sources = server.Services.GetRequiredService<SourceRegistry>();
        sources.Report(new SourceStatus("b", "file", "prod", SourceState.Importing, Events: 7, BytesRead: 10, BytesTotal: 20));
        sources.Report(new SourceStatus("a", "file", "prod", SourceState.Starting));
        sources.Report(new SourceStatus("a", "file", "prod", SourceState.Failed, Message: "no such file"));
        using var client = server.ClientWithToken();

        Assert.Equal(
            """
            {"sources":[{"name":"a","kind":"file","cluster":"prod","state":"failed","events":0,"bytesRead":0,"message":"no such file","duplicates":0,"unreadable":0,"truncated":0,"isEncrypted":false},{"name":"b","kind":"file","cluster":"prod","state":"importing","events":7,"bytesRead":10,"bytesTotal":20,"duplicates":0,"unreadable":0,"truncated":0,"isEncrypted":false}]}
            """,
            await client.GetStringAsync("/api/v1/sources", Cancel));
    }
}
