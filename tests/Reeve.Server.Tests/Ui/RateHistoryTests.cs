using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Ui.Overview;

namespace Reeve.Server.Tests.Ui;

public sealed class RateHistoryTests
{
    [Fact]
    public void The_last_minute_is_kept_one_value_a_second()
    {
        var clock = new FakeTimeProvider();
        var history = new RateHistory(clock);

        for (var tick = 0; tick < 4 * 90; tick++)
        {
            history.Note(tick / 4);
            clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        Assert.Equal(Enumerable.Range(30, RateHistory.Length).Select(second => (double)second), history.Values);
    }
}
