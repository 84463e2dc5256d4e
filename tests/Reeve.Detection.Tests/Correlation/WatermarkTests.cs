using Microsoft.Extensions.Time.Testing;
using Reeve.Detection.Correlation;

namespace Reeve.Detection.Tests.Correlation;

public sealed class WatermarkTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(Start.AddHours(1)));
    private readonly SourceWatermarks _watermarks;

    public WatermarkTests() => _watermarks = new SourceWatermarks(_time, TimeSpan.FromMinutes(1));

    [Fact]
    public void The_least_of_the_sources_is_it_and_it_never_goes_back()
    {
        _watermarks.Advance("a", Start.AddMinutes(5));
        Assert.Equal(Start.AddMinutes(5), _watermarks.Current);
        _watermarks.Advance("b", Start.AddMinutes(3));
        Assert.Equal(Start.AddMinutes(5), _watermarks.Current);
        _watermarks.Advance("a", Start.AddMinutes(9));
        _watermarks.Advance("b", Start.AddMinutes(7));
        _watermarks.Advance("b", Start.AddMinutes(6));
        Assert.Equal(Start.AddMinutes(7), _watermarks.Current);
    }

    [Fact]
    public void A_source_that_sends_nothing_holds_it_back_no_longer()
    {
        _watermarks.Advance("slow", Start);
        _time.Advance(TimeSpan.FromSeconds(40));
        _watermarks.Advance("quick", Start.AddMinutes(20));
        Assert.Equal(Start, _watermarks.Current);
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(Start.AddMinutes(20), _watermarks.Current);
    }

    [Fact]
    public void An_event_from_the_future_moves_it_to_the_clock_at_most()
    {
        _watermarks.Advance("a", Start.AddYears(5));
        Assert.Equal(Start.AddHours(1), _watermarks.Current);
    }
}
