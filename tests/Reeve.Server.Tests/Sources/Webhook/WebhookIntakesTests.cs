using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Webhook;
using Reeve.Server.Tests.Pipeline;

namespace Reeve.Server.Tests.Sources.Webhook;

public sealed class WebhookIntakesTests
{
    private static readonly WebhookOptions Options = new();
    private static readonly string[] Filling = [.. Enumerable.Range(0, 100).Select(id => $"a-{id}")];

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_for_which_the_journal_has_no_room_is_lost_after_a_while_and_stored_once_when_it_comes_again(bool stopped)
    {
        await using var harness = new IntakeHarness(small: true);
        var cursor = harness.Journal.OpenCursor("store");
        using var intakes = new WebhookIntakes(harness.Pipeline, Options, _time, NullLogger<WebhookIntakes>.Instance);
        using var stopping = new CancellationTokenSource();
        Assert.True((await StoreAsync(intakes, Filling)).IsSafe);

        var waiting = StoreAsync(intakes, ["i", "j"], stopping);
        Assert.False(waiting.IsCompleted);
        if (stopped)
            await stopping.CancelAsync();
        else
            _time.Advance(Options.Patience);
        Assert.False((await waiting).IsSafe);
        Assert.Equal(Filling.Length, Stored(harness).Count);

        cursor.Save(harness.Journal.DurableEnd);
        Assert.Equal(new DeliveryOutcome(IsSafe: true, 2), await StoreAsync(intakes, "i", "j"));
        Assert.Equal(["i", "j"], Stored(harness)[^2..]);
        Assert.Equal(2, Stored(harness).Count(id => id is "i" or "j"));
    }

    [Fact]
    public async Task Who_waits_for_a_turn_waits_no_longer_than_for_the_journal()
    {
        await using var harness = new IntakeHarness(small: true);
        var cursor = harness.Journal.OpenCursor("store");
        using var intakes = new WebhookIntakes(harness.Pipeline, Options with { Intakes = 2 }, _time, NullLogger<WebhookIntakes>.Instance);
        Assert.True((await StoreAsync(intakes, Filling)).IsSafe);

        var waiting = Enumerable.Range(0, 5).Select(body => StoreAsync(intakes, $"w-{body}")).ToList();
        _time.Advance(Options.Patience);

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.False(outcome.IsSafe));
        cursor.Save(harness.Journal.DurableEnd);
        Assert.True((await StoreAsync(intakes, "w-0", "w-4")).IsSafe);
    }

    [Fact]
    public async Task Body_after_the_journal_was_closed_is_lost_and_no_error()
    {
        await using var harness = new IntakeHarness();
        using var intakes = new WebhookIntakes(harness.Pipeline, Options, _time, NullLogger<WebhookIntakes>.Instance);
        await harness.Journal.DisposeAsync();

        Assert.Same(DeliveryOutcome.Lost, await StoreAsync(intakes, "a"));
    }

    private static async Task<DeliveryOutcome> StoreAsync(WebhookIntakes intakes, params string[] auditIds)
    {
        using var never = new CancellationTokenSource();
        return await StoreAsync(intakes, auditIds, never);
    }

    private static async Task<DeliveryOutcome> StoreAsync(WebhookIntakes intakes, string[] auditIds, CancellationTokenSource stopping)
    {
        using var body = new BodyBuffer(new BytesInFlight(Options));
        var bytes = EventBodies.Of(auditIds);
        while (body.Reserve(bytes.Length) is { IsEmpty: false } free)
        {
            bytes.AsMemory(body.Length, free.Length).CopyTo(free);
            body.Advance(free.Length);
        }

        return await intakes.StoreAsync(new SourceIdentity("webhook", "webhook", "prod", "", TrustedProxies.None), body, stopping.Token);
    }

    // What the journal has let go of is left out.
    private static List<string> Stored(IntakeHarness harness)
    {
        var stored = new List<string>();
        using var reader = harness.Journal.Read(0);
        while (reader.TryRead(out var entry))
        {
            Assert.True(EventEntry.TryRead(entry.Payload, out _, out var raw));
            stored.Add(EventBodies.Name(Encoding.UTF8.GetString(raw.Span)).Split(' ')[0]);
        }

        return stored;
    }
}
