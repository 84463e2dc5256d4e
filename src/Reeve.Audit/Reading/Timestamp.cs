namespace Reeve.Audit.Reading;

/// <summary>RFC 3339 times as the apiserver writes them; fractions below 100 ns are cut off.</summary>
public static class Timestamp
{
    /// <summary>Reads a text that is nothing but a time with its zone.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime utc)
    {
        utc = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || text[13] != ':' || text[16] != ':')
            return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text.Slice(5, 2), out var month)
            || !TryDigits(text.Slice(8, 2), out var day) || !TryDigits(text.Slice(11, 2), out var hour)
            || !TryDigits(text.Slice(14, 2), out var minute) || !TryDigits(text.Slice(17, 2), out var second))
            return false;
        if (year is 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60)
            return false;
        if (!TryFraction(text[19..], out var fraction, out var rest) || !TryOffset(rest, out var offset))
            return false;
        var ticks = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks
            + (second * TimeSpan.TicksPerSecond) + fraction - offset;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        utc = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (b - '0');
        }

        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out long ticks, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        rest = text;
        if (text[0] != '.')
            return true;
        var digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 1)
            return false;
        for (var i = 1; i <= 7; i++)
            ticks = (ticks * 10) + (i <= digits ? text[i] - '0' : 0);
        rest = text[(digits + 1)..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 1)
            return text[0] is (byte)'Z' or (byte)'z';
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryDigits(text.Slice(1, 2), out var hours) || !TryDigits(text.Slice(4, 2), out var minutes)
            || hours > 23 || minutes > 59)
            return false;
        ticks = ((hours * 60) + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
