using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Tests.Support;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Tests.Api;

public sealed class EventApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/search?from=yesterday", "from")]
    [InlineData("/api/v1/search?to=2026-03-01", "to")]
    [InlineData("/api/v1/search?from=now&to=-1h", "to")]
    [InlineData("/api/v1/search?view=rows", "view")]
    [InlineData("/api/v1/search?limit=0", "limit")]
    [InlineData("/api/v1/search?limit=1001", "limit")]
    [InlineData("/api/v1/search?order=up", "order")]
    [InlineData("/api/v1/search?after=nowhere", "after")]
    [InlineData("/api/v1/stats?top=0", "top")]
    [InlineData("/api/v1/stats?buckets=1001", "buckets")]
    [InlineData("/api/v1/stats?by=no.such.field", "by")]
    [InlineData("/api/v1/stats?from=-", "from")]
    [InlineData("/api/v1/overview?from=-", "from")]
    [InlineData("/api/v1/overview?to=soon", "to")]
    [InlineData("/api/v1/overview?from=now&to=-1h", "to")]
    [InlineData("/api/v1/overview?buckets=0", "buckets")]
    public async Task Parameter_that_makes_no_sense_is_named(string path, string parameter)
    {
        var (response, problem) = await AskAsync(path, StoreFailure.Refused);

        Assert.Equal(HttpStatusCode.BadRequest, response);
        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
        Assert.NotEmpty(problem.GetProperty("expected").GetString()!);
    }

    [Theory]
    [InlineData("/api/v1/search?limit=many")]
    [InlineData("/api/v1/search?raw=perhaps")]
    [InlineData("/api/v1/stats?top=99999999999")]
    public async Task Parameter_of_another_type_is_a_problem(string path)
    {
        var (response, problem) = await AskAsync(path, StoreFailure.Refused);

        Assert.Equal(HttpStatusCode.BadRequest, response);
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/search")]
    [InlineData("/api/v1/stats")]
    public async Task Query_that_cannot_be_understood_says_where_and_what(string path)
    {
        var (response, problem) = await AskAsync($"{path}?q={Uri.EscapeDataString("verb:delete (user:alice")}", StoreFailure.Refused);

        Assert.Equal(HttpStatusCode.BadRequest, response);
        Assert.Equal("q", problem.GetProperty("parameter").GetString());
        Assert.Equal("verb:delete (user:alice".Length + 1, problem.GetProperty("column").GetInt32());
        Assert.NotEmpty(problem.GetProperty("found").GetString()!);
        Assert.Contains(")", problem.GetProperty("expected").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/search?q=verb:delete", StoreFailure.Unavailable)]
    [InlineData("/api/v1/stats?from=-1h&to=now", StoreFailure.Unavailable)]
    [InlineData("/api/v1/events/3f9a2c1e-7", StoreFailure.Unavailable)]
    [InlineData("/api/v1/search", StoreFailure.Overloaded)]
    [InlineData("/api/v1/overview", StoreFailure.Overloaded)]
    public async Task Store_that_does_not_answer_is_503_with_a_time_to_try_again(string path, StoreFailure failure)
    {
        await using var server = await StartAsync(failure);
        using var client = server.ClientWithToken();

        using var response = await client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("hunter2", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("3f9a2c1e-007")]
    [InlineData("%E2%80%AE-1%20")]
    public async Task Id_that_is_none_is_404(string id)
    {
        var (response, _) = await AskAsync($"/api/v1/events/{id}", StoreFailure.Refused);

        Assert.Equal(HttpStatusCode.NotFound, response);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> AskAsync(string path, StoreFailure failure)
    {
        await using var server = await StartAsync(failure);
        using var client = server.ClientWithToken();
        using var response = await client.GetAsync(path, Cancel);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    private static Task<RunningServer> StartAsync(StoreFailure failure) =>
        RunningServer.StartAsync(services => services
            .AddSingleton(new EventSearch(new FailingStore(failure)))
            .AddSingleton(new OverviewSearch(new FailingStore(failure))));
}
