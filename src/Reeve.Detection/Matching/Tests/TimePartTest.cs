using System.Globalization;
using System.Text;
using Reeve.Detection.Conditions;

namespace Reeve.Detection.Matching.Tests;

/// <summary>The value is a time, a part of which stands so to a number.</summary>
internal sealed class TimePartTest(TimePart part, Comparison comparison, int number) : BytesTest
{
    private const int ShortestTime = 19;
    private const int LongestTime = 64;

    public override int Cost => 5;

    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session)
    {
        if (value.Length is < ShortestTime or > LongestTime || value[10] is not ((byte)'T' or (byte)'t'))
            return false;
        Span<char> text = stackalloc char[LongestTime];
        return DateTimeOffset.TryParse(text[..Encoding.UTF8.GetChars(value, text)], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && comparison.Holds(PartOf(time.DateTime).CompareTo(number));
    }

    private int PartOf(DateTime time) => part switch
    {
        TimePart.Minute => time.Minute,
        TimePart.Hour => time.Hour,
        TimePart.Day => time.Day,
        TimePart.Week => ISOWeek.GetWeekOfYear(time),
        TimePart.Month => time.Month,
        TimePart.Year => time.Year,
        _ => throw new InvalidOperationException($"{part} is no part of a time"),
    };
}
