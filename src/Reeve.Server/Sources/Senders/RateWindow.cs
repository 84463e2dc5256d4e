namespace Reeve.Server.Sources.Senders;

/// <summary>
/// Counts by second, to tell the rate of the last ten that are over: one that has just begun would pull the mean down.
/// Not thread-safe.
/// </summary>
internal sealed class RateWindow
{
    private const int Seconds = 10;

    private readonly long[] _counts = new long[Seconds + 1];
    private long _last;

    /// <summary>Counts <paramref name="count"/> more.</summary>
    /// <param name="second">The number of the second it is; never smaller than before.</param>
    /// <param name="count">How many.</param>
    public void Add(long second, long count)
    {
        if (second - _last > Seconds)
            Array.Clear(_counts);
        else
            for (var passed = _last + 1; passed <= second; passed++)
                _counts[passed % _counts.Length] = 0;
        _last = Math.Max(_last, second);
        _counts[_last % _counts.Length] += count;
    }

    /// <summary>The mean of the ten seconds before <paramref name="second"/>, per second.</summary>
    public double Of(long second)
    {
        long sum = 0;
        for (var past = Math.Max(0, Math.Max(second - Seconds, _last - Seconds)); past < second && past <= _last; past++)
            sum += _counts[past % _counts.Length];
        return (double)sum / Seconds;
    }
}
