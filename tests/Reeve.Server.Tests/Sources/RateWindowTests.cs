using CsCheck;
using Reeve.Server.Sources.Senders;

namespace Reeve.Server.Tests.Sources;

public sealed class RateWindowTests
{
    [Fact]
    public void Rate_is_the_mean_of_the_ten_seconds_that_are_over() =>
        Gen.Select(Gen.Long[0, 25], Gen.Long[0, 1_000]).List[0, 40].Sample(steps =>
        {
            var window = new RateWindow();
            var counted = new List<(long Second, long Count)>();
            var second = 0L;
            foreach (var (passed, count) in steps)
            {
                second += passed;
                window.Add(second, count);
                counted.Add((second, count));
                for (var at = second; at < second + 13; at++)
                    Assert.Equal(counted.Where(one => one.Second >= at - 10 && one.Second < at).Sum(one => one.Count) / 10.0, window.Of(at), 9);
            }
        });
}
