namespace Reeve.Server.Ui.Overview;

/// <summary>The last minute of a rate, one value a second. Not thread-safe: one belongs to one page.</summary>
internal sealed class RateHistory(TimeProvider clock)
{
    /// <summary>Seconds that are kept.</summary>
    public const int Length = 60;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly List<double> _values = [];
    private long _noted;

    /// <summary>The values, oldest first.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>Takes note of the rate now.</summary>
    /// <returns>Whether it was kept; once a second is enough.</returns>
    public bool Note(double rate)
    {
        var now = clock.GetTimestamp();
        if (_values.Count > 0 && clock.GetElapsedTime(_noted, now) < Step)
            return false;
        _noted = now;
        if (_values.Count == Length)
            _values.RemoveAt(0);
        _values.Add(rate);
        return true;
    }
}
