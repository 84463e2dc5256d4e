using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Alerts;
using Reeve.Server.Security;
using Reeve.Server.Tests.Alerts;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Api;

public sealed class AlertApiTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RaisedAlerts _raised = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_is_listed_told_closed_and_opened()
    {
        await using var server = await RunningServer.StartAsync();
        var alert = Raise(server, "alice", "get", -5);
        using var analyst = server.ClientWithToken(Role.Analyst);

        var listed = Assert.Single((await GetAsync(analyst, "/api/v1/alerts")).GetProperty("alerts").EnumerateArray());
        Assert.Equal((alert, "open", "alice", 1), (listed.GetProperty("id").GetString(), listed.GetProperty("state").GetString(), listed.GetProperty("actor").GetString(), listed.GetProperty("count").GetInt32()));
        Assert.Equal("high", listed.GetProperty("rule").GetProperty("level").GetString());
        var one = await GetAsync(analyst, $"/api/v1/alerts/{alert}");
        Assert.Equal("get", one.GetProperty("values").GetProperty("verb")[0].GetString());
        Assert.Matches("^[0-9a-f]{8}-1$", Assert.Single(one.GetProperty("events").EnumerateArray()).GetProperty("id").GetString());

        using var closed = await analyst.PostAsJsonAsync($"/api/v1/alerts/{alert}/close", new { note = "known" }, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        Assert.Empty((await GetAsync(analyst, "/api/v1/alerts?state=open")).GetProperty("alerts").EnumerateArray());
        var told = (await GetAsync(analyst, $"/api/v1/alerts/{alert}")).GetProperty("closed");
        Assert.Equal(("token:test", "known"), (told.GetProperty("by").GetString(), told.GetProperty("note").GetString()));

        using var opened = await analyst.PostAsync($"/api/v1/alerts/{alert}/open", content: null, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, opened.StatusCode);
        using var bare = await analyst.PostAsync($"/api/v1/alerts/{alert}/close", content: null, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, bare.StatusCode);
    }

    [Theory]
    [InlineData("", "carol bob alice")]
    [InlineData("level=high", "bob alice")]
    [InlineData("level=CRITICAL", "")]
    [InlineData("rule=Pod%20deleted", "carol")]
    [InlineData("cluster=prod", "carol bob alice")]
    [InlineData("cluster=other", "")]
    [InlineData("text=ALI", "alice")]
    [InlineData("from=-8m", "carol bob")]
    [InlineData("to=-8m", "alice")]
    [InlineData("from=2026-03-01T11:54:00Z&to=now", "carol bob")]
    [InlineData("state=closed", "")]
    [InlineData("limit=1", "carol")]
    public async Task Parameters_narrow_the_list(string query, string expected)
    {
        await using var server = await RunningServer.StartAsync();
        Raise(server, "alice", "get", -10);
        Raise(server, "bob", "get", -5);
        Raise(server, "carol", "delete", -1);
        using var viewer = server.ClientWithToken();

        Assert.Equal(expected, string.Join(' ', Actors(await GetAsync(viewer, $"/api/v1/alerts?{query}"))));
    }

    [Theory]
    [InlineData("level=worst", "'level'")]
    [InlineData("level=4", "'level'")]
    [InlineData("state=done", "'state'")]
    [InlineData("from=yesterday", "'from'")]
    [InlineData("to=tomorrow", "'to'")]
    [InlineData("limit=0", "'limit'")]
    [InlineData("limit=1001", "'limit'")]
    [InlineData("after=x", "'after'")]
    public async Task What_cannot_be_read_is_a_problem(string query, string named)
    {
        await using var server = await RunningServer.StartAsync();
        using var viewer = server.ClientWithToken();

        using var answer = await viewer.GetAsync($"/api/v1/alerts?{query}", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(named, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_look_closes_nothing_and_what_is_not_there_is_not_found()
    {
        await using var server = await RunningServer.StartAsync();
        var alert = Raise(server, "alice", "get", -5);
        using var viewer = server.ClientWithToken();
        using var analyst = server.ClientWithToken(Role.Analyst);
        using var nobody = server.Client();

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync($"/api/v1/alerts/{alert}/close", null, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsync($"/api/v1/alerts/{alert}/open", null, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1/alerts", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync("/api/v1/alerts/none", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.PostAsync("/api/v1/alerts/none/close", null, Cancel)).StatusCode);
        using var tooLong = await analyst.PostAsJsonAsync($"/api/v1/alerts/{alert}/close", new { note = new string('x', 2_001) }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
    }

    [Fact]
    public async Task The_next_of_an_answer_goes_on_behind_it()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 5; i++)
            Raise(server, $"user-{i}", "get", -i);
        using var viewer = server.ClientWithToken();

        var first = await GetAsync(viewer, "/api/v1/alerts?limit=3");
        var second = await GetAsync(viewer, $"/api/v1/alerts?limit=3&after={first.GetProperty("next").GetString()}");

        Assert.Equal(["user-0", "user-1", "user-2", "user-3", "user-4"], Actors(first).Concat(Actors(second)));
        Assert.False(second.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task The_rules_that_run_are_listed()
    {
        await using var server = await RunningServer.StartAsync();
        using var viewer = server.ClientWithToken();

        var answer = await GetAsync(viewer, "/api/v1/rules");

        var rules = answer.GetProperty("rules").EnumerateArray().ToList();
        Assert.True(rules.Count > 20);
        Assert.All(rules, rule => Assert.Equal("sigma", rule.GetProperty("format").GetString()));
        Assert.Empty(answer.GetProperty("problems").EnumerateArray());
    }

    private string Raise(RunningServer server, string actor, string verb, double minute)
    {
        var alert = _raised.Do(actor, verb, "db", Noon.AddMinutes(minute));
        server.Services.GetRequiredService<AlertStore>().Write([alert]);
        return alert.Id;
    }

    private static IEnumerable<string?> Actors(JsonElement answer) => answer.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("actor").GetString());

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path, Cancel);
}
