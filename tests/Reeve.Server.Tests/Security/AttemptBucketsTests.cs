using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Security;

namespace Reeve.Server.Tests.Security;

public sealed class AttemptBucketsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Key_has_its_burst_and_then_one_attempt_per_refill()
    {
        var buckets = new AttemptBuckets(_time, burst: 3, refill: TimeSpan.FromMinutes(1));
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(buckets.TryTake("a")));

        Assert.False(buckets.TryTake("a"));
        Assert.True(buckets.TryTake("b"));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(buckets.TryTake("a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(buckets.TryTake("a"));
        Assert.False(buckets.TryTake("a"));
    }

    [Fact]
    public void Waiting_long_gives_no_more_than_the_burst()
    {
        var buckets = new AttemptBuckets(_time, burst: 2, refill: TimeSpan.FromMinutes(1));
        buckets.TryTake("a");
        _time.Advance(TimeSpan.FromDays(30));

        Assert.True(buckets.TryTake("a"));
        Assert.True(buckets.TryTake("a"));
        Assert.False(buckets.TryTake("a"));
    }

    [Fact]
    public void Given_back_attempts_never_add_up()
    {
        var buckets = new AttemptBuckets(_time, burst: 1, refill: TimeSpan.FromMinutes(1));
        for (var i = 0; i < 5; i++)
            buckets.GiveBack("a");

        Assert.True(buckets.TryTake("a"));
        Assert.False(buckets.TryTake("a"));
    }

    [Fact]
    public void Flood_of_keys_forgets_the_oldest_first()
    {
        var buckets = new AttemptBuckets(_time, burst: 1, refill: TimeSpan.FromDays(1), capacity: 100);
        buckets.TryTake("oldest");
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 100; i++)
            Assert.True(buckets.TryTake($"key {i}"));

        Assert.False(buckets.TryTake("key 99"));
        Assert.True(buckets.TryTake("oldest"));
    }
}
