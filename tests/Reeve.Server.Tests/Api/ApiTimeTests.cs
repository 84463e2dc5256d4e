using System.Globalization;
using Reeve.Server.Api;

namespace Reeve.Server.Tests.Api;

public sealed class ApiTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("now", "2026-03-01T12:00:00.000000Z")]
    [InlineData("-90s", "2026-03-01T11:58:30.000000Z")]
    [InlineData("-1h", "2026-03-01T11:00:00.000000Z")]
    [InlineData("-7d", "2026-02-22T12:00:00.000000Z")]
    [InlineData("-2w", "2026-02-15T12:00:00.000000Z")]
    [InlineData("2025-01-02T03:04:05Z", "2025-01-02T03:04:05.000000Z")]
    [InlineData("2025-01-02t03:04:05z", "2025-01-02T03:04:05.000000Z")]
    [InlineData("2025-01-02T03:04:05.123456Z", "2025-01-02T03:04:05.123456Z")]
    [InlineData("2025-01-02T03:04:05.1234567Z", "2025-01-02T03:04:05.123456Z")]
    [InlineData("2025-01-02T03:04:05+02:00", "2025-01-02T01:04:05.000000Z")]
    [InlineData("2025-01-02 03:04:05Z", "2025-01-02T03:04:05.000000Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z")]
    public void Time_is_read(string text, string expected)
    {
        Assert.True(ApiTime.TryParse(text, Now, out var time));
        Assert.Equal(DateTimeKind.Utc, time.Kind);
        Assert.Equal(expected, time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-")]
    [InlineData("-h")]
    [InlineData("-1y")]
    [InlineData("--1h")]
    [InlineData("-99999999999d")]
    [InlineData("-2147483647w")]
    [InlineData("1h")]
    [InlineData("2025-01-02")]
    [InlineData("2025-01-02T03:04:05")]
    [InlineData("2025-13-02T03:04:05Z")]
    [InlineData("2025-01-02T25:04:05Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public void What_is_no_time_is_refused(string text) => Assert.False(ApiTime.TryParse(text, Now, out _));
}
