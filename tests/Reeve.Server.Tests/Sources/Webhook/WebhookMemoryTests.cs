using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Sources.Webhook;

namespace Reeve.Server.Tests.Sources.Webhook;

/// <summary>Runs alone: what other tests allocate meanwhile would be measured too.</summary>
[Collection(nameof(WebhookMemoryTests))]
[CollectionDefinition(nameof(WebhookMemoryTests), DisableParallelization = true)]
public sealed class WebhookMemoryTests
{
    [Fact]
    public async Task Gzip_bomb_takes_no_more_memory_than_any_body()
    {
        await using var server = await WebhookServer.StartAsync(new() { MaxBody = 1 << 20, MaxRest = 8 << 20 });
        var bomb = EventBodies.Gzip(new byte[128 << 20]);
        Assert.True(bomb.Length < 1 << 20);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var answer = await server.PostAsync(bomb, encoding: "gzip");

        Assert.Equal(413, answer.Status);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 << 20);
        Assert.Equal(0, server.Server.Services.GetRequiredService<BytesInFlight>().Taken);
    }
}
