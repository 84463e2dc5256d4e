using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Reeve.Server.Hosting;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Hosting;

public sealed class ServerEndTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_that_fails_ends_the_server_with_its_reason()
    {
        var fail = new TaskCompletionSource();
        await using var server = await RunningServer.StartAsync(services => services.AddHostedService(_ => new FailingService(fail.Task)));
        var ended = server.Server.WaitForShutdownAsync(Ct);

        fail.SetException(new InvalidOperationException("no more room"));

        Assert.Equal("no more room", await ended);
    }

    [Fact]
    public async Task First_reason_why_a_server_cannot_go_on_is_told()
    {
        await using var server = await RunningServer.StartAsync();
        var end = server.Services.GetRequiredService<FatalEnd>();
        end.Note("the store is too new");
        end.Note("something that followed");

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal("the store is too new", await server.Server.WaitForShutdownAsync(Ct));
    }

    [Fact]
    public async Task Server_that_is_told_to_end_has_no_reason()
    {
        await using var server = await RunningServer.StartAsync();

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Null(await server.Server.WaitForShutdownAsync(Ct));
    }

    private sealed class FailingService(Task fail) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => fail.WaitAsync(stoppingToken);
    }
}
