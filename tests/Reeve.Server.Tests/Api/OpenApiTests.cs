using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Api;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Every_route_of_the_api_is_described()
    {
        await using var server = await RunningServer.StartAsync();
        var document = await DocumentAsync(server);
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true)
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(
                method => (Path: route.RoutePattern.RawText!.TrimEnd('/'), Method: method.ToLowerInvariant())))
            .ToArray();
        Assert.NotEmpty(routes);

        Assert.All(routes, route =>
        {
            var operation = document.GetProperty("paths").GetProperty(route.Path).GetProperty(route.Method);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.NotEmpty(operation.GetProperty("description").GetString()!);
            Assert.NotEmpty(operation.GetProperty("operationId").GetString()!);
            if (operation.TryGetProperty("parameters", out var parameters))
                Assert.All(parameters.EnumerateArray(), parameter => Assert.NotEmpty(parameter.GetProperty("description").GetString()!));
            Assert.Contains(operation.GetProperty("responses").EnumerateObject(), response => response.Name.StartsWith('2'));
        });
    }

    [Fact]
    public async Task Forms_and_pages_are_not_part_of_the_api()
    {
        await using var server = await RunningServer.StartAsync();
        var document = await DocumentAsync(server);

        Assert.All(
            document.GetProperty("paths").EnumerateObject(),
            path => Assert.True(path.Name.StartsWith("/api/v1/", StringComparison.Ordinal) || path.Name is "/healthz" or "/readyz", path.Name));
    }

    [Theory]
    [InlineData("/api/v1/search", "rows")]
    [InlineData("/api/v1/stats", "total")]
    [InlineData("/api/v1/overview", "unreadable")]
    [InlineData("/api/v1/sources", "sources")]
    [InlineData("/api/v1/senders", "senders")]
    [InlineData("/api/v1/clusters", "clusters")]
    [InlineData("/api/v1/clusters/assignments", "assignments")]
    [InlineData("/api/v1/tokens", "tokens")]
    public async Task Answer_of_one_route_is_not_described_as_that_of_another(string path, string property)
    {
        await using var server = await RunningServer.StartAsync();
        var document = await DocumentAsync(server);
        var reference = document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200")
            .GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;

        var schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference[(reference.LastIndexOf('/') + 1)..]);

        Assert.True(schema.GetProperty("properties").TryGetProperty(property, out _), reference);
    }

    private static async Task<JsonElement> DocumentAsync(RunningServer server)
    {
        using var client = server.ClientWithToken();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }
}
