using CsCheck;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Tests.Ui;

public sealed class TimeInputTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DisplayZone EastByTwo = DisplayZone.Local("no such zone", 120);

    [Theory]
    [InlineData("2026-11-23", "2026-11-23T00:00:00Z")]
    [InlineData("2026-11-23 03:15", "2026-11-23T03:15:00Z")]
    [InlineData(" 2026-1-2 3:5 ", "2026-01-02T03:05:00Z")]
    [InlineData("2026-11-23 03:15:31.25", "2026-11-23T03:15:31.25Z")]
    [InlineData("2026-11-23T03:15:31Z", "2026-11-23T03:15:31Z")]
    [InlineData("2026-11-23T03:15:31+02:00", "2026-11-23T01:15:31Z")]
    [InlineData("now", "2026-11-23T12:00:00Z")]
    [InlineData("-90m", "2026-11-23T10:30:00Z")]
    public void A_time_is_read_as_people_type_it(string text, string utc)
    {
        Assert.True(TimeInput.TryParse(text, DisplayZone.Utc, Now, out var read));
        Assert.Equal(DateTimeOffset.Parse(utc).UtcDateTime, read);
    }

    [Fact]
    public void A_wall_clock_time_is_of_the_zone_shown()
    {
        Assert.True(TimeInput.TryParse("2026-11-23 03:15", EastByTwo, Now, out var read));
        Assert.Equal(new DateTime(2026, 11, 23, 1, 15, 0), read);
        Assert.Equal("2026-11-23 03:15", EastByTwo.Short(read));
        Assert.Equal("UTC+02:00", EastByTwo.Name(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-13-01")]
    [InlineData("-0h")]
    [InlineData("-5y")]
    [InlineData("12")]
    public void What_is_no_time_is_refused(string text) => Assert.False(TimeInput.TryParse(text, DisplayZone.Utc, Now, out _));

    [Fact]
    public void Whatever_is_typed_nothing_is_thrown() =>
        Gen.String.Sample(text => TimeInput.TryParse(text, EastByTwo, Now, out var read) || read == default);

    [Fact]
    public void A_time_can_be_shown_in_any_zone() =>
        Gen.Select(Gen.Long[0, DateTime.MaxValue.Ticks], Gen.Int).Sample((ticks, offset) =>
            DisplayZone.Local("", offset).Exact(new DateTime(ticks, DateTimeKind.Utc)).Length == "2026-11-23 03:15:31.049105".Length);
}
