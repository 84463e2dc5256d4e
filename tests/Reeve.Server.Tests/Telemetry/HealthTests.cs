using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Telemetry;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Telemetry;

public sealed class HealthTests
{
    private sealed class FixedCheck(string name, Func<Readiness> answer) : IReadinessCheck
    {
        public string Name => name;

        public ValueTask<Readiness> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(answer());
    }

    private sealed class StuckCheck(TaskCompletionSource started) : IReadinessCheck
    {
        public string Name => "stuck";

        public async ValueTask<Readiness> CheckAsync(CancellationToken cancellationToken)
        {
            started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new Readiness(Ready: true, "never");
        }
    }

    [Fact]
    public async Task Ready_when_every_check_is()
    {
        var (status, answer) = await AskAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(answer.GetProperty("ready").GetBoolean());
        Assert.Equal("state", answer.GetProperty("checks")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task One_check_that_fails_makes_503_and_says_what_to_do()
    {
        var (status, answer) = await AskAsync(new FixedCheck("store", () => new Readiness(Ready: false, "the store does not answer", "look at its log")));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.False(answer.GetProperty("ready").GetBoolean());
        var check = Assert.Single(answer.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == "store");
        Assert.Equal("the store does not answer", check.GetProperty("message").GetString());
        Assert.Equal("look at its log", check.GetProperty("action").GetString());
    }

    [Fact]
    public async Task Check_that_throws_is_not_ready_and_its_exception_is_not_told()
    {
        var (status, answer) = await AskAsync(new FixedCheck("journal", () => throw new InvalidOperationException("hunter2")));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.DoesNotContain("hunter2", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_without_an_answer_is_not_waited_for_longer_than_five_seconds()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await RunningServer.StartAsync(services => services.AddSingleton<IReadinessCheck>(new StuckCheck(started)));
        using var client = server.Client();
        var answer = client.GetAsync("/readyz", TestContext.Current.CancellationToken);
        await started.Task;

        server.Time.Advance(TimeSpan.FromSeconds(5));

        using var response = await answer;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(params IReadinessCheck[] checks)
    {
        await using var server = await RunningServer.StartAsync(services =>
        {
            foreach (var check in checks)
                services.AddSingleton(check);
        });
        using var client = server.Client();
        using var response = await client.GetAsync("/readyz", TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (response.StatusCode, document.RootElement.Clone());
    }
}
