using System.Text;
using CsCheck;

namespace Reeve.Server.Tests.Sources.Webhook;

public sealed class WebhookPropertyTests
{
    private static readonly Gen<int[][]> Deliveries =
        Gen.Int[0, 40].Array[0, 12].Array[1, 12];

    [Fact]
    public async Task Whatever_is_sent_in_any_order_again_and_at_once_is_stored_once()
    {
        await using var server = await WebhookServer.StartAsync();
        var run = 0;

        await Gen.Select(Deliveries, Gen.Int[1, 8], Gen.Int[1, 3], Gen.Bool.Array[0, 12]).SampleAsync(
            async (deliveries, atOnce, times, packed) =>
            {
                var cluster = $"c{Interlocked.Increment(ref run)}";
                var bodies = Enumerable.Repeat(deliveries, times).SelectMany(all => all)
                    .Select((ids, at) => (Body: EventBodies.Of(ids.Select(id => $"a-{id}")), Gzip: packed.Length > 0 && packed[at % packed.Length]));
                await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (delivery, _) =>
                {
                    var answer = delivery.Gzip
                        ? await server.PostAsync(EventBodies.Gzip(delivery.Body), cluster, encoding: "gzip")
                        : await server.PostAsync(delivery.Body, cluster);
                    Assert.Equal(200, answer.Status);
                });

                Assert.Equal(
                    deliveries.SelectMany(ids => ids).Distinct().Select(id => $"a-{id} ResponseComplete").Order(),
                    server.Stored(cluster).Select(entry => EventBodies.Name(entry.Raw)).Order());
            },
            iter: 60, threads: 1);
    }

    [Fact]
    public async Task Hostile_bodies_are_kept_or_refused_and_never_an_error()
    {
        await using var server = await WebhookServer.StartAsync();
        var whole = EventBodies.Of("a", "b", "c");
        var hostile = Gen.OneOf(
            Gen.Byte.Array[0, 400],
            Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, (at, value) => (byte[])[.. whole[..at], value, .. whole[(at + 1)..]]),
            Gen.Int[0, whole.Length].Select(end => whole[..end]),
            Gen.Char["{}[]\",: \n\\0a"].Array[0, 100].Select(Encoding.UTF8.GetBytes));

        await Gen.Select(hostile, Gen.Bool, Gen.Bool).SampleAsync(
            async (body, packed, saysGzip) =>
            {
                var sent = packed ? EventBodies.Gzip(body) : body;
                var answer = await server.PostAsync(sent, encoding: saysGzip ? "gzip" : null);
                Assert.Equal(saysGzip ? packed && !IsBlank(body) : !IsBlank(sent), answer.Status == 200);
                Assert.True(answer.Status is 200 or 400);
            },
            iter: 1_000, threads: 1);

        Assert.DoesNotContain("Error ", server.Log, StringComparison.Ordinal);
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0;
}
