using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources.Webhook;

namespace Reeve.Server.Tests.Sources.Webhook;

public sealed class RecentBodiesTests
{
    private static readonly DeliveryOutcome Safe = new(IsSafe: true, 3);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Body_in_flight_is_joined_and_one_that_is_safe_is_answered_at_once()
    {
        var bodies = new RecentBodies(new(), _time);
        var first = bodies.Begin(Key(1), out var isNew);
        Assert.True(isNew);
        var second = bodies.Begin(Key(1), out isNew);
        Assert.False(isNew);
        Assert.False(second.Outcome.IsCompleted);

        bodies.End(first, Safe);

        Assert.Same(Safe, await second.Outcome);
        Assert.Same(Safe, await bodies.Begin(Key(1), out isNew).Outcome);
        Assert.False(isNew);
    }

    [Fact]
    public async Task Body_that_was_lost_is_new_when_it_comes_again()
    {
        var bodies = new RecentBodies(new(), _time);
        var first = bodies.Begin(Key(1), out _);
        var joined = bodies.Begin(Key(1), out _);

        bodies.End(first, DeliveryOutcome.Lost);

        Assert.False((await joined.Outcome).IsSafe);
        bodies.Begin(Key(1), out var isNew);
        Assert.True(isNew);
    }

    [Fact]
    public void Oldest_is_forgotten_when_there_are_too_many()
    {
        var bodies = new RecentBodies(new() { RememberedBodies = 2 }, _time);
        foreach (var body in (int[])[1, 2, 3])
            bodies.End(bodies.Begin(Key(body), out _), Safe);

        Assert.Equal(2, bodies.Count);
        bodies.Begin(Key(3), out var isNew);
        Assert.False(isNew);
        bodies.Begin(Key(1), out isNew);
        Assert.True(isNew);
    }

    [Fact]
    public void Body_is_forgotten_with_time_and_long_before_its_events_are()
    {
        var options = new WebhookOptions();
        Assert.InRange(options.RememberedFor, TimeSpan.FromMinutes(5), RecentEvents.Window / 2);
        var bodies = new RecentBodies(options, _time);
        bodies.End(bodies.Begin(Key(1), out _), Safe);

        _time.Advance(options.RememberedFor - TimeSpan.FromSeconds(1));
        bodies.Begin(Key(1), out var isNew);
        Assert.False(isNew);
        _time.Advance(TimeSpan.FromSeconds(1));
        bodies.Begin(Key(1), out isNew);
        Assert.True(isNew);
    }

    private static BodyKey Key(int body) => new("prod", $"{body}", 0);
}
