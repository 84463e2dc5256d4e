using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Policies;
using Reeve.Server.Tests.Support;
using Reeve.Store.ClickHouse;

namespace Reeve.Server.Tests.Api;

public sealed class PolicyApiTests
{
    private const string Good = "apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules:\n  - level: None\n    verbs: [watch]\n  - level: Metadata\n    resources:\n      - group: \"\"\n        resources: [secrets]\n  - level: Request\n";

    private const string Bad = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: Everything\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Policy_is_checked_with_line_and_column_of_what_is_wrong()
    {
        await using var server = await RunningServer.StartAsync();
        using var viewer = server.ClientWithToken();

        var good = await CheckAsync(viewer, Good.Replace("[watch]", "[exec]", StringComparison.Ordinal));
        var bad = await CheckAsync(viewer, Bad);

        Assert.True(good.GetProperty("valid").GetBoolean());
        Assert.Empty(good.GetProperty("errors").EnumerateArray());
        Assert.Equal([(6, 13), (11, 12)], good.GetProperty("warnings").EnumerateArray().Select(Place));
        Assert.False(bad.GetProperty("valid").GetBoolean());
        var error = Assert.Single(bad.GetProperty("errors").EnumerateArray());
        Assert.Equal((4, 12), Place(error));
        Assert.Contains("Everything", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_bytes_are_checked_and_more_than_the_limit_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var viewer = server.ClientWithToken();
        var mutator = new Mutator(1, [Encoding.UTF8.GetBytes(Good), Encoding.UTF8.GetBytes(Bad)]);

        for (var round = 0; round < 200; round++)
            Assert.True((await CheckAsync(viewer, mutator.Next(2_000))).TryGetProperty("valid", out _));
        Assert.Contains("longer", (await CheckAsync(viewer, new byte[(1 << 20) + 2])).GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        viewer.DefaultRequestHeaders.ExpectContinue = true;
        using var refused = await viewer.PostAsync("/api/v1/policy/check", new ByteArrayContent(new byte[5 << 20]), Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Theory]
    [InlineData("""{"user":{"name":"ana"},"verb":"watch","resource":"pods"}""", "None", 0, 5, 0)]
    [InlineData("""{"user":{"name":"ana"},"verb":"get","resource":"secrets","namespace":"shop","name":"db"}""", "Metadata", 1, 7, 1)]
    [InlineData("""{"kind":"Event","verb":"create","requestURI":"/api/v1/namespaces/shop/pods","user":{"username":"ana"},"objectRef":{"resource":"pods","namespace":"shop"}}""", "Request", 2, 11, 2)]
    [InlineData("""{"method":"GET","url":"/healthz","user":{"username":"ana"}}""", "Request", 2, 11, 2)]
    public async Task Request_is_explained_with_the_rule_that_decides_and_why_the_others_do_not(string request, string level, int rule, int line, int passed)
    {
        await using var server = await RunningServer.StartAsync();
        using var viewer = server.ClientWithToken();

        var answer = await AskAsync(viewer, "explain", new { policy = Good, request = JsonElement.Parse(request) });

        Assert.Equal((level, rule, line), (answer.GetProperty("level").GetString(), answer.GetProperty("rule").GetInt32(), answer.GetProperty("line").GetInt32()));
        Assert.Equal(["RequestReceived"], answer.GetProperty("omitStages").EnumerateArray().Select(stage => stage.GetString()));
        Assert.False(answer.GetProperty("omitManagedFields").GetBoolean());
        Assert.Equal(Enumerable.Range(0, passed), answer.GetProperty("passedOver").EnumerateArray().Select(each => each.GetProperty("rule").GetInt32()));
        Assert.All(answer.GetProperty("passedOver").EnumerateArray(), each => Assert.NotEmpty(each.GetProperty("why").GetString()!));
    }

    [Fact]
    public async Task Cases_of_the_apiserver_are_decided_as_it_does()
    {
        using var cases = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.Shared("data", "cases", "audit-policy.json"), Cancel));
        await using var server = await RunningServer.StartAsync();
        using var viewer = server.ClientWithToken();

        foreach (var request in cases.RootElement.GetProperty("requests").EnumerateObject())
        {
            var answer = await AskAsync(viewer, "explain", new { policy = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Request, userGroups: [developers]}, {level: Metadata}]", request = request.Value });
            var isDeveloper = request.Value.TryGetProperty("user", out var user) && user.ValueKind == JsonValueKind.Object && user.GetProperty("groups").EnumerateArray().Any(group => group.GetString() == "developers");
            Assert.Equal(isDeveloper ? 0 : 1, answer.GetProperty("rule").GetInt32());
        }
    }

    [Fact]
    public async Task Stored_traffic_is_told_by_rule_as_much_a_day()
    {
        var traffic = new FakeTraffic();
        await using var server = await StartAsync(traffic);
        using var viewer = server.ClientWithToken();

        var answer = await AskAsync(viewer, "simulate", new { policy = Good, from = "-7d", cluster = "prod" });

        Assert.Equal(("prod", server.Time.GetUtcNow().UtcDateTime.AddDays(-7)), (traffic.Asked.Single().Cluster, traffic.Asked.Single().Range.From));
        Assert.Equal(100, answer.GetProperty("recorded").GetProperty("events").GetDouble());
        var forecast = Assert.Single(answer.GetProperty("policies").EnumerateArray());
        Assert.Equal([0, 10, 90, 0], forecast.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("recorded").GetProperty("events").GetDouble()));
        Assert.Equal("system:kube-scheduler", forecast.GetProperty("rules")[2].GetProperty("busiestUser").GetString());
        Assert.Contains("events of the cluster", answer.GetProperty("unknown").EnumerateArray().Select(each => each.GetString()));
        Assert.False(answer.TryGetProperty("lost", out _));
    }

    [Fact]
    public async Task Two_policies_are_compared()
    {
        await using var server = await StartAsync(new FakeTraffic());
        using var viewer = server.ClientWithToken();

        var answer = await AskAsync(viewer, "simulate", new { policy = Good, second = Good.Replace("level: Request", "level: None", StringComparison.Ordinal) });

        Assert.Equal(2, answer.GetProperty("policies").GetArrayLength());
        Assert.Equal(["leases", "pods"], answer.GetProperty("lost").EnumerateArray().Select(each => each.GetProperty("what").GetString()));
        Assert.Empty(answer.GetProperty("gained").EnumerateArray());
    }

    [Fact]
    public async Task Coverage_names_what_a_rule_loses_and_the_change_that_mends_it()
    {
        await using var server = await StartAsync(new FakeTraffic());
        using var viewer = server.ClientWithToken();

        var answer = await AskAsync(viewer, "coverage", new { policy = Good, minLevel = "high", price = true });

        Assert.False(answer.GetProperty("observed").GetBoolean());
        var rules = answer.GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal(rules.Count, answer.GetProperty("full").GetInt32() + answer.GetProperty("partial").GetInt32() + answer.GetProperty("blind").GetInt32());
        Assert.DoesNotContain(rules, rule => rule.GetProperty("level").GetString() is "medium" or "low");
        var lossy = rules.Where(rule => rule.GetProperty("visibility").GetString() != "full").ToList();
        Assert.NotEmpty(lossy);
        Assert.All(lossy, rule =>
        {
            Assert.NotEmpty(rule.GetProperty("losses").EnumerateArray());
            Assert.True(rule.GetProperty("change").GetProperty("cost").GetProperty("bytes").GetDouble() >= 0);
        });
        Assert.NotEmpty(answer.GetProperty("controls").EnumerateArray());
    }

    [Fact]
    public async Task Without_a_policy_what_is_recorded_counts()
    {
        await using var server = await StartAsync(new FakeTraffic());
        using var viewer = server.ClientWithToken();

        var answer = await AskAsync(viewer, "coverage", new { });

        Assert.True(answer.GetProperty("observed").GetBoolean());
        Assert.True(answer.GetProperty("blind").GetInt32() > 0);
        Assert.Equal(100, answer.GetProperty("traffic").GetProperty("events").GetInt64());
    }

    [Fact]
    public async Task Suggestion_is_a_policy_that_is_right_with_what_it_weakens()
    {
        await using var server = await StartAsync(new FakeTraffic());
        using var viewer = server.ClientWithToken();

        var answer = await AskAsync(viewer, "suggest", new { keep = "critical" });

        Assert.True((await CheckAsync(viewer, answer.GetProperty("policy").GetString()!)).GetProperty("valid").GetBoolean());
        Assert.InRange(answer.GetProperty("saving").GetDouble(), 0, 1);
        Assert.NotEmpty(answer.GetProperty("weakened").EnumerateArray());
        Assert.All(answer.GetProperty("weakened").EnumerateArray(), weak => Assert.NotEqual("critical", weak.GetProperty("level").GetString()));
    }

    [Theory]
    [InlineData("explain", """{"policy":"","request":{"verb":"get"}}""", "policy")]
    [InlineData("explain", """{"policy":"GOOD"}""", "request")]
    [InlineData("explain", """{"policy":"BAD","request":{"verb":"get"}}""", "policy")]
    [InlineData("simulate", """{"policy":"GOOD","second":"BAD"}""", "second")]
    [InlineData("simulate", """{"policy":"GOOD","from":"soon"}""", "from")]
    [InlineData("simulate", """{"policy":"GOOD","from":"now","to":"-1h"}""", "to")]
    [InlineData("coverage", """{"policy":"GOOD","minLevel":"severe"}""", "minLevel")]
    [InlineData("suggest", """{"keep":"all"}""", "keep")]
    [InlineData("suggest", """{"to":"never"}""", "to")]
    public async Task What_makes_no_sense_is_named(string endpoint, string body, string parameter)
    {
        await using var server = await StartAsync(new FakeTraffic());
        using var viewer = server.ClientWithToken();
        var json = body.Replace("\"GOOD\"", JsonSerializer.Serialize(Good), StringComparison.Ordinal).Replace("\"BAD\"", JsonSerializer.Serialize(Bad), StringComparison.Ordinal);

        using var answer = await viewer.PostAsync($"/api/v1/policy/{endpoint}", new StringContent(json, Encoding.UTF8, "application/json"), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
        if (body.Contains("BAD", StringComparison.Ordinal))
            Assert.Equal(4, problem.GetProperty("errors")[0].GetProperty("line").GetInt32());
    }

    [Theory]
    [InlineData("""{"policy":"GOOD","request":{}}""")]
    [InlineData("""{"policy":"GOOD","request":[1]}""")]
    [InlineData("""{"policy":"GOOD","request":"\ud800"}""")]
    [InlineData("""{"policy":"GOOD","request":{"verb":"get","user":{"groups":[1]}}}""")]
    [InlineData("""{"policy":7}""")]
    [InlineData("""{"policy":""")]
    public async Task Request_that_is_none_is_a_problem(string body)
    {
        await using var server = await StartAsync(new FakeTraffic());
        using var viewer = server.ClientWithToken();

        using var answer = await viewer.PostAsync(
            "/api/v1/policy/explain", new StringContent(body.Replace("\"GOOD\"", JsonSerializer.Serialize(Good), StringComparison.Ordinal), Encoding.UTF8, "application/json"), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Store_that_does_not_answer_is_503_and_policy_that_is_too_large_is_400()
    {
        await using var server = await StartAsync(new FakeTraffic { Failure = new ClickHouseException("away", StoreFailure.Unavailable) });
        using var viewer = server.ClientWithToken();
        var many = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n" + string.Concat(Enumerable.Range(0, 1_500).Select(user => $"- level: None\n  users: [u{user}]\n"));

        using var away = await viewer.PostAsJsonAsync("/api/v1/policy/simulate", new { policy = Good }, Cancel);
        using var large = await viewer.PostAsJsonAsync("/api/v1/policy/coverage", new { policy = many }, Cancel);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadRequest), (away.StatusCode, large.StatusCode));
        Assert.Contains("1,500 rules", await large.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_any_policy_is_refused()
    {
        await using var server = await StartAsync(new FakeTraffic());
        using var viewer = server.ClientWithToken();
        viewer.DefaultRequestHeaders.ExpectContinue = true;

        using var longer = await viewer.PostAsJsonAsync("/api/v1/policy/coverage", new { policy = new string(' ', (1 << 20) + 1) }, Cancel);
        using var larger = await viewer.PostAsync("/api/v1/policy/coverage", new ByteArrayContent(new byte[17 << 20]) { Headers = { { "Content-Type", "application/json" } } }, Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge), (longer.StatusCode, larger.StatusCode));
        Assert.Contains("1,048,576", await longer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("application/problem+json", larger.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("explain")]
    [InlineData("simulate")]
    [InlineData("coverage")]
    [InlineData("suggest")]
    public async Task Nobody_asks_without_signing_in(string endpoint)
    {
        await using var server = await StartAsync(new FakeTraffic());
        using var stranger = server.Client();

        using var answer = await stranger.PostAsJsonAsync($"/api/v1/policy/{endpoint}", new { policy = Good }, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static Task<RunningServer> StartAsync(FakeTraffic traffic) => RunningServer.StartAsync(services => services.AddSingleton<ITrafficReads>(traffic));

    private static (int Line, int Column) Place(JsonElement remark) => (remark.GetProperty("line").GetInt32(), remark.GetProperty("column").GetInt32());

    private static Task<JsonElement> CheckAsync(HttpClient client, string policy) => CheckAsync(client, Encoding.UTF8.GetBytes(policy));

    private static async Task<JsonElement> CheckAsync(HttpClient client, byte[] policy)
    {
        using var answer = await client.PostAsync("/api/v1/policy/check", new ByteArrayContent(policy), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string endpoint, object question)
    {
        using var answer = await client.PostAsJsonAsync($"/api/v1/policy/{endpoint}", question, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }
}
