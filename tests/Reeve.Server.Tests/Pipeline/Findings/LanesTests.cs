using Reeve.Audit;
using Reeve.Server.Pipeline.Findings;

namespace Reeve.Server.Tests.Pipeline.Findings;

public sealed class LanesTests
{
    [Fact]
    public void The_quarter_that_was_silent_for_longest_makes_room()
    {
        var lanes = new Lanes(8);
        var first = Enumerable.Range(0, 8).Select(host => lanes.Advance((ulong)host, From(host))).ToList();
        lanes.Saved();
        lanes.Advance(8, From(0));
        var next = lanes.Advance(9, From(100));

        Assert.Equal([first[1].Id, first[2].Id], lanes.Forgotten.Order());
        Assert.Null(lanes.Find(first[1].Id));
        Assert.Same(first[0], lanes.Find(first[0].Id));
        Assert.Equal([first[0], next], lanes.Changed.OrderBy(lane => lane.Id));
        Assert.DoesNotContain(next.Id, first.Select(lane => lane.Id));
    }

    [Fact]
    public void Watermark_never_goes_back()
    {
        var lanes = new Lanes(8);
        lanes.Advance(1, From(1, 60));
        var lane = lanes.Advance(2, From(1, 30));

        Assert.Equal((DateTime.UnixEpoch.AddSeconds(60), 2UL), (lane.Watermark, lane.Sequence));
    }

    private static EventContext From(int host, int seconds = 0) => new()
    {
        Received = DateTime.UnixEpoch.AddDays(1),
        Time = DateTime.UnixEpoch.AddSeconds(seconds),
        Day = DateOnly.FromDateTime(DateTime.UnixEpoch),
        Cluster = "prod",
        Source = "syslog",
        Host = $"cp-{host}",
    };
}
