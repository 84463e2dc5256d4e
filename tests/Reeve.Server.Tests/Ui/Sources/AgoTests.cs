using Reeve.Server.Ui.Sources;

namespace Reeve.Server.Tests.Ui.Sources;

public sealed class AgoTests
{
    [Theory]
    [InlineData(-3, "just now")]
    [InlineData(1.4, "just now")]
    [InlineData(12.9, "12 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(3_599, "59 min ago")]
    [InlineData(47 * 3_600, "47 h ago")]
    [InlineData(48 * 3_600, "2 d ago")]
    public void Time_since_is_said_as_people_say_it(double seconds, string words) => Assert.Equal(words, Ago.Words(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.4, "0.4 s ago")]
    [InlineData(9.9, "9.9 s ago")]
    [InlineData(10, "10 s ago")]
    public void First_seconds_are_told_with_tenths(double seconds, string words) => Assert.Equal(words, Ago.Exact(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.42, "0.4 s")]
    [InlineData(-0.5, "0.0 s")]
    [InlineData(-7.0, "clock 7 s ahead")]
    [InlineData(125.0, "2 min")]
    public void Lag_tells_of_a_clock_that_is_ahead(double? seconds, string words) =>
        Assert.Equal(words, Ago.Lag(seconds is { } known ? TimeSpan.FromSeconds(known) : null));
}
